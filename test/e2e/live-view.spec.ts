/** Watching a load: charts over time, jumps to a problem, a time and a message, exports, capture. */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './served-workbench.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Deliveries' });

async function deliver(page: Page, count: number): Promise<void> {
  const form = page.getByTestId('answer');
  await form.getByRole('spinbutton', { name: 'Messages', exact: true }).fill(String(count));
  await form.getByRole('button', { name: `Deliver ${count}` }).click();
  await expect(page.getByRole('region', { name: 'Run summary' })).toContainText(
    `${count} messages in`,
    { timeout: 40_000 },
  );
}

async function openWithFault(page: Page, url: string, fault: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.amqp');
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await page.getByRole('textbox', { name: 'Fault rules' }).fill(fault);
  await page.getByRole('textbox', { name: 'Fault rules' }).press('Enter');
  await expect(page.getByRole('contentinfo')).toContainText('Fault');
}

test('charts tell throughput and latency, by pointer, by keyboard and in words', async ({
  page,
  workbench,
}) => {
  await openWithFault(page, workbench.url, 'nack@every=5+delay:20@every=7');
  await deliver(page, 300);
  await page.getByRole('button', { name: 'Charts' }).click();

  const throughput = page.getByRole('slider', { name: /^Throughput [\d,]+\/s on average/ });
  await expect(throughput).toHaveAccessibleDescription(/^300 deliveries, \d+ a second/);
  await expect(throughput).toHaveAttribute('aria-valuetext', /acked|nacked/);
  const latency = page.getByRole('slider', { name: /^Confirm latency/ });
  await expect(latency).toHaveAttribute('aria-valuetext', /p50 .*, p95 .*, p99 .*, max /);
  await expect(
    page.getByRole('img', { name: /^Histogram of latencies: 300 verdicts/ }),
  ).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('.bottom').analyze();
  expect(violations).toEqual([]);

  await throughput.focus();
  await throughput.press('Home');
  await expect(throughput).toHaveAttribute('aria-valuenow', '0');
  await throughput.press('Enter');
  await expect(grid(page).getByRole('row', { selected: true })).toBeVisible();
});

test('the table jumps to problems and messages, and is exported as CSV and JSON lines', async ({
  page,
  workbench,
}) => {
  await openWithFault(page, workbench.url, 'nack@n=50');
  await deliver(page, 200);

  await page.getByRole('button', { name: 'Older problem' }).click();
  const selected = grid(page).getByRole('row', { selected: true });
  await expect(selected).toContainText('nacked');

  await page.getByRole('button', { name: 'Export' }).click();
  const csvDownload = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Table as CSV' }).click();
  const csv = await readFile(await (await csvDownload).path(), 'utf8');
  const [header, ...rows] = csv.trimEnd().split('\n');
  expect(header).toContain('message_id');
  expect(rows).toHaveLength(200);
  expect(rows[49]).toContain('nacked');

  const id = rows[9]?.split(',')[3] ?? '';
  await page.getByRole('textbox', { name: 'Go to a time or a message id' }).fill(id);
  await page.getByRole('textbox', { name: 'Go to a time or a message id' }).press('Enter');
  await expect(selected).toContainText('acked');
  await grid(page).press('Enter');
  await expect(page.getByRole('tabpanel', { name: 'Recording' })).toContainText('acked');

  await page.getByRole('button', { name: 'Export' }).click();
  const jsonDownload = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Recordings as JSON lines' }).click();
  const lines = await readFile(await (await jsonDownload).path(), 'utf8');
  expect(lines.match(/"kind":"record"/g)).toHaveLength(200);
});

test('only problems are recorded when that is chosen, and the rest is still counted', async ({
  page,
  workbench,
}) => {
  await openWithFault(page, workbench.url, 'nack@every=10');
  await page.getByRole('button', { name: 'Charts' }).click();
  await page.getByRole('button', { name: 'Records all' }).click();
  await page.getByRole('menuitem', { name: 'Record problems only' }).click();
  await expect(page.getByRole('button', { name: 'Records problems' })).toBeVisible();
  await deliver(page, 100);

  await expect(page.getByRole('button', { name: 'Records problems' })).toContainText(
    '90 only counted',
  );
  await page.getByRole('button', { name: 'Charts' }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '11');
});
