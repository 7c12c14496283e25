/** The frames of a connection, as a support engineer reads them. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './served-workbench.ts';

const wire = (page: Page) => page.getByRole('tabpanel', { name: 'Wire' });
const frames = (page: Page) => wire(page).getByRole('grid', { name: 'AMQP frames' });
const frame = (page: Page, name: string) =>
  frames(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name, exact: true }) });
const deliver = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('the frames of a delivery are recorded, read, filtered and copied', async ({
  page,
  context,
  workbench,
}) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(workbench.url);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.amqp');
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect(wire(page)).toContainText('No frames are recorded.');
  await expectAccessible(page);
  await wire(page).getByRole('button', { name: 'Record' }).click();
  await expect(wire(page)).toContainText('Recording.');

  await deliver(page);
  await expect(frame(page, 'basic.publish')).toContainText(
    'exchange="" routing-key="logging" mandatory',
  );
  await expect(frame(page, 'basic.ack')).toContainText('delivery-tag=1');
  await expect(frame(page, 'connection.close-ok')).toBeVisible();

  await wire(page).getByLabel('Filter frames by words').fill('start-ok');
  await frame(page, 'connection.start-ok').click();
  const details = wire(page).getByRole('region', { name: /connection\.start-ok/ });
  await expect(details).toContainText('user "guest", password (hidden)');
  await expectAccessible(page);

  await wire(page).getByLabel('Filter frames by words').fill('-heartbeat');
  await wire(page).getByLabel('Direction').selectOption('Received');
  await expect(frame(page, 'basic.publish')).toHaveCount(0);
  await wire(page).getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText(/The text of \d+ frames is in the clipboard\./)).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Connection \d+ to amqp:\/\/guest@127\.0\.0\.1:\d+\/%2F\n/);
  expect(copied).toMatch(/received {2}ch 1 {2}basic\.ack +delivery-tag=1\n/);
  expect(copied).not.toContain('basic.publish');

  await page.getByRole('button', { name: 'Record' }).click();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(wire(page)).toContainText('No frames are recorded.');
});

test('a publish in the recording leads to its frames', async ({ page, workbench }) => {
  await page.goto(workbench.url);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.amqp');
  await page.getByRole('tab', { name: 'Wire' }).click();
  await wire(page).getByRole('button', { name: 'Record' }).click();
  await deliver(page);
  await expect(frame(page, 'basic.ack')).toBeVisible();
  await wire(page).getByLabel('Filter frames by words').fill('start-ok');
  await page.getByRole('tab', { name: 'Deliveries' }).click();

  await page.getByRole('row', { name: /acked/ }).click();
  const recording = page.getByRole('tabpanel', { name: 'Recording' });
  await recording.getByRole('button', { name: /^publish to/ }).click();
  await recording.getByRole('button', { name: 'Show its frames' }).click();
  await expect(frame(page, 'basic.publish')).toHaveAttribute('aria-selected', 'true');
  await expect(frame(page, 'basic.publish')).toBeInViewport();
  await expect(wire(page).getByRole('region', { name: /basic\.publish/ })).toContainText(
    'counted-delivery-tag',
  );
  await page.screenshot({ path: test.info().outputPath('frames-of-publish.png') });

  await page.getByRole('button', { name: 'Clear' }).click();
  await recording.getByRole('button', { name: 'Show its frames' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('no longer kept');
});

test('a refused login is seen in the frames of a connection test', async ({ page, workbench }) => {
  await page.goto(workbench.url);
  await page.getByRole('tab', { name: 'Wire' }).click();
  await wire(page).getByRole('button', { name: 'Record' }).click();
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await page.getByLabel('Fault of the embedded broker').selectOption('auth');
  await expect(page.getByRole('contentinfo')).toContainText('Fault: auth');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(wire(page).getByLabel('Connection')).toContainText('test of amqp://guest@127.0.0.1');
  await expect(frame(page, 'connection.close')).toContainText('reply-code=403');
});
