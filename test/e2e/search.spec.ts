/** Searching and replacing in all files, as a person does it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { policyText } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

/** @returns the policy's text, beside the search */
async function openSearch(page: Page, url: string): Promise<Locator> {
  await page.goto(url);
  const text = page.getByRole('tabpanel', { name: 'init.lua' });
  await expect(text).toContainText('get_queue_config');
  await page.keyboard.press('Control+Shift+f');
  return text;
}

test('a text is found in all files, replaced everywhere, and taken back', async ({
  page,
  workbench,
}) => {
  const text = await openSearch(page, workbench.url);
  const input = page.getByRole('textbox', { name: 'Search in all files' });
  await expect(input).toBeFocused();
  await input.fill('logging');
  const found = page.getByRole('list', { name: 'What was found' });
  await expect(found).toContainText('init.lua');
  await expect(found).toContainText('definitions.json');
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('search.png') });

  await page.getByRole('list', { name: 'Found in init.lua' }).getByRole('button').first().click();
  await expect(page.getByRole('contentinfo')).toContainText('Ln 25');

  await page.getByRole('textbox', { name: 'Replace with' }).fill('audit');
  await page.getByRole('button', { name: 'Replace all' }).click();
  await expect(page.getByText('No file has this text.')).toBeVisible();
  await expect(page.getByRole('tab', { name: /definitions\.json/ })).toBeVisible();
  await expect(page.getByText(/replaced in \d files/)).toBeVisible();

  await page.getByRole('tab', { name: /init\.lua/ }).click();
  await expect(text).toContainText("routing_key = 'audit'");
  await policyText(page).focus();
  await page.keyboard.press('Control+z');
  await expect(text).toContainText("routing_key = 'logging'");
});

test('a regular expression is mended, found and replaced with its groups', async ({
  page,
  workbench,
}) => {
  const text = await openSearch(page, workbench.url);
  await page.getByRole('button', { name: 'Regular expression' }).click();
  const input = page.getByRole('textbox', { name: 'Search in all files' });
  await input.fill(String.raw`(retry_interval|max_age) = '(\d+`);
  const side = page.getByTestId('side');
  await expect(side.getByRole('alert')).toContainText(
    'is no regular expression: unterminated group',
  );
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  await input.fill(String.raw`(retry_interval|max_age) = '(\d+)`);
  await expect(side.getByRole('status')).toContainText('2 places in 1 file');
  await page.getByRole('textbox', { name: 'Replace with' }).fill("$1 = '1$2");
  await page.getByRole('button', { name: 'Replace all' }).click();
  await expect(text).toContainText("retry_interval = '15 minutes'");
  await expect(text).toContainText("max_age = '11 day'");
});

test('what is typed right after Ctrl+Shift+F is looked for and leaves the text alone', async ({
  page,
  workbench,
}) => {
  await page.goto(workbench.url);
  await expect(page.getByRole('tabpanel', { name: 'init.lua' })).toContainText('get_queue_config');
  await policyText(page).focus();
  const input = page.getByRole('textbox', { name: 'Search in all files' });
  for (const word of ['logging', 'sender']) {
    await page.keyboard.press('Control+Shift+f');
    await page.keyboard.type(word);
    await expect(input).toHaveValue(word);
  }
  await expect(page.getByRole('list', { name: 'What was found' })).toContainText('init.lua');
  await expect(page.getByRole('tab', { name: /init\.lua/ })).not.toContainText('not saved');
});
