/** What a scenario keeps of the moment in which it was saved, and what of it is there again. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openFolder } from './open-folder.ts';
import { expect, test } from './served-workbench.ts';
import type { ServedWorkbench } from './served-workbench.ts';

/** Publishes as kumod does, to a queue that no broker has. */
const POLICY = `local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.orders' } } }
end)

kumo.on('make.orders', function()
  local sender = {}
  function sender:send(message)
    kumo.amqp.basic_publish {
      routing_key = 'orders',
      payload = message:get_data(),
      connection = { host = 'mq.customer.example' },
    }
    return '250 ok'
  end
  return sender
end)
`;

/** A folder of its own with the policy in it, opened; answers the folder. */
async function open(page: Page, { url, home }: ServedWorkbench): Promise<string> {
  const folder = path.join(home, 'orders');
  await mkdir(folder);
  await writeFile(path.join(folder, 'init.lua'), POLICY);
  await page.goto(url);
  await openFolder(page, folder);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.orders');
  return folder;
}

const scenarios = (page: Page) => page.getByRole('region', { name: 'Scenarios', exact: true });
const recording = (page: Page) => page.getByRole('tabpanel', { name: 'Recording' });
const deliveries = (page: Page) => page.getByRole('grid', { name: 'Deliveries' }).getByRole('row');
const saveDialog = (page: Page) => page.getByRole('dialog', { name: 'Save as scenario' });
const deliver = (page: Page) =>
  page
    .getByRole('banner')
    .getByRole('button', { name: /^Deliver/ })
    .click();
const row = (page: Page, name: string) =>
  scenarios(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `Run ${name}`, exact: true }) })
    .last();

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('a queue that was declared by hand is there again when the scenario runs', async ({
  page,
  workbench,
}) => {
  const folder = await open(page, workbench);
  await deliver(page);
  await expect(deliveries(page).filter({ hasText: 'unroutable' })).toContainText('Silent loss');
  await page.getByRole('tab', { name: 'Topology' }).click();
  await page
    .getByRole('tabpanel', { name: 'Topology' })
    .getByRole('button', { name: /^Declare queue/ })
    .click();
  await deliver(page);
  await page.getByRole('tab', { name: /^Deliveries/ }).click();
  await deliveries(page).filter({ hasText: 'acked' }).click();
  await recording(page).getByRole('button', { name: 'Save as scenario' }).click();

  const dialog = saveDialog(page);
  await expect(dialog.getByLabel('What is saved')).toContainText('queue orders');
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Arrives');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row(page, 'Arrives').getByRole('button', { name: 'Run Arrives' }).click();
  await expect(row(page, 'Arrives')).toContainText('passed');

  // The one before was lost, and is lost again.
  await page.getByRole('tab', { name: /^Deliveries/ }).click();
  await deliveries(page).filter({ hasText: 'unroutable' }).click();
  await recording(page).getByRole('button', { name: 'Save as scenario' }).click();
  await expect(dialog.getByLabel('What is saved')).toContainText('the queues of definitions.json');
  await expect(dialog.getByLabel('What is saved')).not.toContainText('orders,');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Is lost');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await scenarios(page).getByRole('button', { name: 'Run all' }).click();
  await expect(scenarios(page).getByRole('status')).toHaveText('2 passed, 0 failed');

  const text = await readFile(path.join(folder, 'init.scenarios.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    scenarios: [{ name: 'Arrives', broker: { declare: { queues: ['orders'] } } }, {}],
  });
});
