/** What stands above handlers, as a person uses it: simulate, debug, users, calls of the last run. */
import type { Page } from '@playwright/test';
import { expect, test } from './served-workbench.ts';

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('tabpanel', { name: 'init.lua' })).toContainText('get_queue_config');
}

const lens = (page: Page, title: string) =>
  page.locator('.codelens-decoration').getByText(title, { exact: true });

test('the handler of queues leads to the question and to the debugger', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await lens(page, 'Simulate').click();
  await expect(page.getByRole('textbox', { name: 'Domain', exact: true })).toBeFocused();
  await page.screenshot({ path: test.info().outputPath('lenses.png') });

  await lens(page, 'Debug').click();
  await expect(page.getByRole('toolbar', { name: 'Debugger' })).toBeVisible();
  await expect(page.locator('.debug-now-line').first()).toBeVisible();
});

test('a constructor shows who names it, and how often the last run called it', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await lens(page, 'used by 1').click();
  await expect(page.locator('.peekview-widget')).toContainText('make.amqp');
  await page.screenshot({ path: test.info().outputPath('references.png') });
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+Enter');
  await expect(lens(page, 'used by 1')).toBeVisible();
  await expect(lens(page, 'called once in the last run')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('last-run.png') });

  // What it did stands beside its conditions.
  await page.keyboard.press('Control+Home');
  const text = page.getByRole('tabpanel', { name: 'init.lua' });
  await expect(text).toContainText(/taken:\sdomain\s=\s'amqp'/);
  await page.screenshot({ path: test.info().outputPath('branches.png') });
});
