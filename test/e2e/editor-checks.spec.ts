/** The checks as a person meets them while writing: marked, explained, listed, silenced. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { goToEnd } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('tabpanel', { name: 'init.lua' })).toContainText('get_queue_config');
}

const problems = (page: Page) => page.getByRole('list', { name: 'Problems' });
const errorMark = (page: Page) => page.locator('.squiggly-error');

/** Typed as it stands: no bracket or quote is closed by itself. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.insertText(text);
}

const SLIP = `
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { retry_intervall = '5m' }
end)
`;

test('a misspelt field is marked while it is typed, explained and listed', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await goToEnd(page);

  await type(page, SLIP);

  await expect(errorMark(page)).toBeVisible();
  await page.getByRole('tab', { name: 'Problems' }).click();
  const row = problems(page).getByRole('listitem').filter({ hasText: 'retry_intervall' });
  await expect(row).toContainText('kumod raises "unknown field `retry_intervall`"');
  await expect(row.getByRole('link', { name: 'unknown-field' })).toHaveAttribute(
    'href',
    /^https:\/\/docs\.kumomta\.com\/reference\/kumo\/make_queue_config\//,
  );
  await expect(page.getByRole('treeitem', { name: /init\.lua/ })).toContainText('1 error');
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('problems.png') });

  await row.getByRole('button').first().click();
  await expect(page.getByRole('contentinfo')).toContainText(/Ln \d+, Col 35/);
});

test('a reason in a comment silences a finding, and no reason does not', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await goToEnd(page);
  const silenced = SLIP.replace('\n  return', '\n  -- workbench: ignore unknown-field:\n  return');
  await type(page, silenced);
  await expect(errorMark(page)).toBeVisible();

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  await page.keyboard.type(' a field of our build');

  await expect(errorMark(page)).toBeHidden();
});

test('workbench.json silences a check for everybody, and says what it does not know', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await page.getByRole('tab', { name: 'Problems' }).click();
  await expect(problems(page)).toContainText('is deprecated');
  const folder = await page.evaluate(
    async () => (await window.workbench.call('workspace.current', {})).root,
  );
  const file = path.join(folder, 'workbench.json');

  await writeFile(file, '{ "silenced": { "deprecated": "we move in spring" } }\n');
  await expect(page.getByRole('tabpanel', { name: 'Problems' })).toContainText('No problems');

  await writeFile(file, '{ "silenced": { "depricated": "we move in spring" } }\n');
  await expect(problems(page)).toContainText('Did you mean deprecated?');
  await expect(problems(page)).toContainText('`kumo.amqp.build_client` is deprecated');
  expect(await readFile(file, 'utf8')).toContain('depricated');
});

test('a module that is not open is checked too, and leads to its line', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  const folder = await page.evaluate(
    async () => (await window.workbench.call('workspace.current', {})).root,
  );
  await writeFile(
    path.join(folder, 'other.lua'),
    "local kumo = require 'kumo'\nkumo.onn('init')\n",
  );

  await page.getByRole('tab', { name: 'Problems' }).click();
  await problems(page)
    .getByRole('button', { name: /other\.lua:2/ })
    .click();

  await expect(page.getByRole('tab', { name: 'other.lua' })).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('Ln 2');
  await expect(errorMark(page)).toBeVisible();
});
