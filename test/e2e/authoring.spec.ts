/** A policy is written from nothing, followed, renamed and mended; and nothing of it is ever lost. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { goToLine, policyText } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

const text = (page: Page, file = 'init.lua') => page.getByRole('tabpanel', { name: file });
const errorMark = (page: Page) => page.locator('.squiggly-error');

async function openFolder(
  page: Page,
  url: string,
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  await page.goto(url);
  await expect(text(page)).toContainText('get_queue_config');
  await page.evaluate((at) => window.workbench.call('workspace.open', { path: at }), folder);
  await expect(page.getByRole('button', { name: path.basename(folder) })).toBeVisible();
}

/** Types the beginning of a name and takes it from the list. */
async function complete(page: Page, typed: string, label: string): Promise<void> {
  await page.keyboard.type(typed);
  const focused = page.locator('.suggest-widget .monaco-list-row.focused');
  await expect(focused).toContainText(label);
  await page.keyboard.press('Enter');
  await expect(text(page)).toContainText(label);
}

test('a policy is typed from nothing, its names taken from the list', async ({
  page,
  workbench,
}) => {
  const folder = path.join(workbench.home, 'from-nothing');
  await openFolder(page, workbench.url, folder, { 'init.lua': '\n' });
  await policyText(page).focus();
  await page.keyboard.press('Control+Home');

  await complete(page, "local kumo = require 'kum", 'kumo');
  await page.keyboard.press('End');
  await page.keyboard.type('\n');
  await complete(page, 'kumo.o', 'on');
  await complete(page, "('get_queue", 'get_queue_config');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type(', function(domain)\n');
  await complete(page, 'return kumo.make_queue', 'make_queue_config');
  await page.keyboard.type(' { ');
  await complete(page, 'max_ag', 'max_age');
  await page.keyboard.type("'1 day', ");
  await complete(page, 'retry_int', 'retry_interval');
  await page.keyboard.type("'5 minutes' ");
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Control+s');

  await expect
    .poll(() => readFile(path.join(folder, 'init.lua'), 'utf8'))
    .toContain("max_age = '1 day', retry_interval = '5 minutes'");
  await page.screenshot({ path: test.info().outputPath('from-nothing.png') });
});

const ROUTES = `local M = {}

function M.constructor_of(tenant)
  return { constructor = 'make.mail' }
end

return M
`;
const POLICY = `local kumo = require 'kumo'
local routes = require 'routes'

kumo.on('get_queue_config', function(domain, tenant)
  return kumo.make_queue_config {
    retry_intervall = '5m',
    max_aeg = '1 day',
    protocol = { custom_lua = routes.constructor_of(tenant) },
  }
end)

kumo.on('make.mail', function()
  return {
    send = function(_, message)
      kumo.log_inf('sent', message:id())
      return '250 ok'
    end,
  }
end)
`;

test('a definition is followed, a constructor renamed in two files, three findings mended', async ({
  page,
  workbench,
}) => {
  const folder = path.join(workbench.home, 'two-files');
  await openFolder(page, workbench.url, folder, { 'init.lua': POLICY, 'routes.lua': ROUTES });
  await expect(errorMark(page)).toHaveCount(3);

  await goToLine(page, 8, 45);
  await page.keyboard.press('F12');
  await expect(page.getByRole('tab', { name: 'routes.lua' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(page.getByRole('contentinfo')).toContainText('Ln 3');

  await goToLine(page, 4, 30);
  await page.keyboard.press('F2');
  const input = page.locator('.rename-box input');
  await expect(input).toHaveValue('make.mail');
  await input.fill('make.letters');
  await page.keyboard.press('Enter');
  await expect(text(page, 'routes.lua')).toContainText("'make.letters'");
  await page.getByRole('tab', { name: 'init.lua' }).click();
  await expect(text(page)).toContainText("kumo.on('make.letters'");

  for (const [line, column, fix] of [
    [6, 8, 'Change to retry_interval'],
    [7, 8, 'Change to max_age'],
    [15, 14, 'Change to log_info'],
  ] as const) {
    await goToLine(page, line, column);
    await page.keyboard.press('Control+.');
    await page.getByText(fix, { exact: true }).click();
    await expect(text(page)).toContainText(fix.replace('Change to ', ''));
  }
  await expect(errorMark(page)).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('mended.png') });
});

test('with the host gone a view that was not opened yet says so, and the text stays', async ({
  page,
  workbench,
}) => {
  const folder = path.join(workbench.home, 'gone');
  await openFolder(page, workbench.url, folder, { 'init.lua': POLICY, 'routes.lua': ROUTES });
  // The editor itself is fetched from the host, too.
  await policyText(page).focus();
  await workbench.kill();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('-- typed alone');
  await expect(page.locator('.connection-banner')).toBeVisible();

  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Brokers', exact: true })).toContainText(
    'cannot be loaded',
  );
  await page.getByRole('tab', { name: 'Topology' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Topology' })).toContainText('cannot be loaded');
  await page.screenshot({ path: test.info().outputPath('parts-gone.png') });
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('cannot be loaded');
  await expect(text(page)).toContainText(/typed\salone/);
});

test('the host is killed in the middle of a word, and nothing is lost', async ({
  page,
  browser,
  workbench,
}) => {
  const folder = path.join(workbench.home, 'killed');
  await openFolder(page, workbench.url, folder, { 'init.lua': POLICY, 'routes.lua': ROUTES });
  await policyText(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('-- half a sen');
  await expect(page.getByRole('treeitem', { name: /init\.lua/ })).toContainText('unsaved');
  await expect
    .poll(() => workbench.unsavedTexts())
    .toContainEqual(expect.stringContaining('-- half a sen'));
  await workbench.kill();
  await page.keyboard.type('tence');

  // The page goes on, and says what is wrong.
  await expect(page.locator('.connection-banner')).toContainText('Your text stays here');
  await expect(text(page)).toContainText(/half\sa\ssentence/);
  await page.screenshot({ path: test.info().outputPath('host-gone.png') });

  // A new host at another address, and a browser that has nothing of the old one.
  const url = await workbench.start();
  const context = await browser.newContext();
  const again = await context.newPage();
  await again.goto(url);
  await expect(text(again)).toContainText(/half\sa\ssen/);
  await expect(again.getByRole('treeitem', { name: /init\.lua/ })).toContainText('unsaved');
  expect(await readFile(path.join(folder, 'init.lua'), 'utf8')).toBe(POLICY);

  await again.getByRole('textbox', { name: 'Policy text' }).focus();
  await again.keyboard.press('Control+s');
  await expect
    .poll(() => readFile(path.join(folder, 'init.lua'), 'utf8'))
    .toContain('-- half a sen');
  await expect.poll(() => workbench.unsavedTexts()).toEqual([]);
  await context.close();
});
