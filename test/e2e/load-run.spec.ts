/** A load run in the window: so many messages over sessions, or so long, and what became of them. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './served-workbench.ts';

async function open(page: Page, url: string, fault: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.amqp');
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await page.getByRole('textbox', { name: 'Fault rules' }).fill(fault);
  await page.getByRole('textbox', { name: 'Fault rules' }).press('Enter');
  await expect(page.getByRole('contentinfo')).toContainText('Fault');
}

const form = (page: Page) => page.getByTestId('answer');
const summary = (page: Page) => page.getByRole('region', { name: 'Run summary' });

test('its summary adds up and leads to the deliveries that it counts', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url, 'nack@every=4');
  await page.getByRole('spinbutton', { name: 'Messages', exact: true }).fill('400');
  await page.getByRole('spinbutton', { name: 'Sessions' }).fill('4');
  await form(page).getByRole('button', { name: 'Deliver 400' }).click();

  await expect(summary(page)).toContainText('400 messages in', { timeout: 40_000 });
  await expect(summary(page).getByRole('button', { name: 'acked 300' })).toBeVisible();
  await expect(summary(page).getByRole('button', { name: 'nacked 100' })).toBeVisible();
  await expect(summary(page)).toContainText('Bounce 100');
  await expect(summary(page)).toContainText('{"status":"Nack"}');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  await summary(page).getByRole('button', { name: 'nacked' }).click();
  await expect(page.getByRole('grid', { name: 'Deliveries' })).toHaveAttribute(
    'aria-rowcount',
    '101',
  );
});

test('it shows rate and time left while it goes on, and ends at once when cancelled', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url, 'delay:5');
  await page.getByRole('combobox', { name: 'The run ends after' }).selectOption('Seconds');
  await page.getByRole('spinbutton', { name: 'Seconds', exact: true }).fill('50');
  await form(page).getByRole('button', { name: 'Deliver for 50s' }).click();

  const progress = page.getByRole('progressbar', { name: 'Deliveries done' });
  await expect(progress).toHaveAttribute('aria-valuetext', /[1-9]\d* a second, \d+s left/);
  await form(page).getByRole('button', { name: 'Cancel' }).click();

  await expect(summary(page)).toContainText('Cancelled');
  await expect(summary(page)).toContainText('acked');
});
