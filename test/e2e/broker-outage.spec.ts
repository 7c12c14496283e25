/** A broker that goes away under a delivery and comes back, as the person at the window sees it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { EmbeddedBroker } from '../../electron/amqp/embedded/embedded-broker.ts';
import { openPolicy, publishingPolicy } from './publishing-policy.ts';
import { expect, test } from './served-workbench.ts';
import type { ServedWorkbench } from './served-workbench.ts';

const MESSAGES = 6;

async function openTrusted(page: Page, workbench: ServedWorkbench): Promise<void> {
  await openPolicy(page, workbench, publishingPolicy('make.out', 'inbox'), 'make.out');
  await page.getByRole('button', { name: 'Restricted folder' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Trust/ })
    .click();
}

async function chooseBroker(page: Page, port: number): Promise<void> {
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await page.getByRole('button', { name: 'Add a broker' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Customer');
  await dialog.getByLabel('Host, or a whole AMQP URI').fill(`amqp://guest:guest@127.0.0.1:${port}`);
  await expect(dialog.getByLabel('Port')).toHaveValue(String(port));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('radio', { name: /Customer/ }).check();
  await page.getByLabel('Awaited for, in milliseconds').fill('120000');
  await page.keyboard.press('Enter');
}

test('what was in flight ends unconfirmed, nothing is sent twice, and the broker is gone, then back', async ({
  page,
  workbench,
}) => {
  test.slow();
  const broker = new EmbeddedBroker();
  const { port } = await broker.listen();
  broker.declareQueue('inbox');
  const depth = () => broker.topology().queues.find(({ name }) => name === 'inbox')?.messages;
  const status = page.getByRole('contentinfo');
  try {
    await openTrusted(page, workbench);
    await chooseBroker(page, port);
    await expect(status).toContainText('Broker: Customer');
    // It takes them and never says so: all of them are in flight.
    await broker.setFault({ kind: 'silent' });
    await page.getByLabel('Messages', { exact: true }).fill(String(MESSAGES));
    await page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();
    await expect.poll(depth, { timeout: 20_000 }).toBe(MESSAGES);

    await broker.close();
    await expect(status).toContainText('gone since');
    const callout = page.getByRole('note').filter({ hasText: 'The broker is gone' });
    await expect(callout).toContainText('is unconfirmed, and nothing is sent again');
    await expect(page.getByRole('button', { name: `${MESSAGES} no confirm` })).toBeVisible();
    const rows = page.getByRole('grid', { name: 'Deliveries' }).getByRole('row');
    await expect(rows.filter({ hasText: 'Possible loss' })).toHaveCount(MESSAGES);
    await expect(rows.filter({ hasText: /acked|Silent loss/ })).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

    await broker.setFault(undefined);
    await broker.listen({ port });
    await expect(status).toContainText('back since', { timeout: 20_000 });
    await expect(page.getByRole('note').filter({ hasText: 'The broker is back' })).toContainText(
      'look in its queues before you send that again',
    );
    expect(depth()).toBe(MESSAGES);

    await page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();
    await expect(page.getByRole('button', { name: `${MESSAGES} acked` })).toBeVisible();
    await expect(status).not.toContainText('back since');
    expect(depth()).toBe(2 * MESSAGES);
  } finally {
    await broker.close();
  }
});
