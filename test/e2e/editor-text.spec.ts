/** What the editor does with whole texts: format, colours, folds, hints, names in all files. */
import type { Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { policyText } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

const text = (page: Page) => page.getByRole('tabpanel', { name: 'init.lua' });

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(text(page)).toContainText('get_queue_config');
}

/** The whole text is another one. */
async function rewrite(page: Page, policy: string): Promise<void> {
  await policyText(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(policy);
}

function textOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const file = await window.workbench.call('workspace.read', { path: 'init.lua' });
    return file.text;
  });
}

const SLOPPY = `local kumo = require("kumo")
kumo.on("get_queue_config",function(domain)
if (domain=="amqp") then kumo.reject(500,"no") end -- why
return kumo.make_queue_config({max_age=5400})
end)
`;
const NEAT = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  if domain == 'amqp' then
    kumo.reject(500, 'no')
  end -- why
  return kumo.make_queue_config { max_age = 5400 }
end)
`;

test('a text is formatted when it is asked for, and on saving when that is set', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await rewrite(page, SLOPPY);
  await page.keyboard.press('Control+s');
  await expect.poll(() => textOf(page)).toBe(SLOPPY);
  await page.keyboard.press('Shift+Alt+f');
  await expect(text(page)).toContainText("require 'kumo'");
  await page.keyboard.press('Control+s');
  await expect.poll(() => textOf(page)).toBe(NEAT);

  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('checkbox', { name: /style when it is saved/ }).check();
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('settings.png') });
  await page.keyboard.press('Escape');
  await rewrite(page, SLOPPY);
  await page.keyboard.press('Control+s');
  await expect.poll(() => textOf(page)).toBe(NEAT);

  // A text that cannot be read now is saved as it is, and says why it is not formatted when asked.
  await rewrite(page, 'local x =');
  await page.keyboard.press('Control+s');
  await expect.poll(() => textOf(page)).toBe('local x =');
  await page.keyboard.press('Shift+Alt+f');
  await expect(page.getByText('not formatted while it has syntax errors')).toBeVisible();
});

test('units and parameters stand in the text until they are switched off', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await rewrite(page, NEAT);
  await expect(text(page)).toContainText('max_age = 5400 s (1h 30m)'.replaceAll(' ', '\u00a0'));
  await expect(text(page)).toContainText('code:');
  await page.screenshot({ path: test.info().outputPath('hints.png') });

  await page.keyboard.press('Control+,');
  await page.getByRole('checkbox', { name: /units and names of parameters/ }).uncheck();
  await page.keyboard.press('Escape');
  await expect(text(page)).not.toContainText('code:');
});

test('names are coloured by what they are, and functions fold', async ({ page, workbench }) => {
  await open(page, workbench.url);
  const styleOf = (word: string) =>
    page
      .locator('.view-line span span')
      .filter({ hasText: new RegExp(`^${word}$`) })
      .first()
      .evaluate((element) => getComputedStyle(element).fontStyle);
  await expect.poll(() => styleOf('domain')).toBe('italic');

  await policyText(page).focus();
  await page.keyboard.press('Control+Home');
  for (let line = 1; line < 4; line++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+Shift+[');
  await expect(text(page)).not.toContainText('retry_interval');
  await expect(text(page)).toContainText('end)');
});

test('a handler is found by its name in all files', async ({ page, workbench }) => {
  await open(page, workbench.url);
  await page.keyboard.press('Control+p');
  const input = page.getByRole('combobox', { name: /Go to/ });
  await input.fill('#close');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText(/sender:close/);
  await page.screenshot({ path: test.info().outputPath('symbols.png') });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('contentinfo')).toContainText('Ln 38');
});

test('what is typed right after Ctrl+P looks for a file and leaves the text alone', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await policyText(page).focus();
  await page.keyboard.press('Control+p');
  await page.keyboard.type('defini');
  await expect(page.getByRole('combobox', { name: /Go to/ })).toHaveValue('defini');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /definitions\.json/ })).toBeVisible();
  await expect(page.getByRole('tab', { name: /init\.lua/ })).not.toContainText('not saved');
});

test('a path that is typed right after Ctrl+O leaves the text alone', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await policyText(page).focus();
  await page.keyboard.press('Control+o');
  await page.keyboard.type('/somewhere');
  await expect(page.getByRole('textbox', { name: 'Folder or .lua file' })).toHaveValue(
    /\/somewhere$/,
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: /init\.lua/ })).not.toContainText('not saved');
});
