/** What a scenario keeps of the moment in which it was saved, and what of it is there again. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openPolicy, publishingPolicy } from './publishing-policy.ts';
import { expect, test } from './served-workbench.ts';
import type { ServedWorkbench } from './served-workbench.ts';

/** To a queue that no broker has. */
const POLICY = publishingPolicy('make.orders', 'orders');
const open = (page: Page, workbench: ServedWorkbench): Promise<string> =>
  openPolicy(page, workbench, POLICY, 'make.orders');

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

test('a scenario opened in the form makes the broker as it has it, and says so', async ({
  page,
  workbench,
}) => {
  const folder = await open(page, workbench);
  const deliver = { queue: 'orders', seconds: 5, sessions: 2 };
  const expect_ = { record: { type: 'Delivery' } };
  const broker = { fault: 'nack@every=3', dialect: 'rabbitmq-4', confirms: 'kumod' };
  const declare = { queues: ['orders'] };
  await writeFile(
    path.join(folder, 'init.scenarios.json'),
    JSON.stringify({
      version: 1,
      policy: 'init.lua',
      scenarios: [
        { name: 'Like the ticket', deliver, broker: { ...broker, declare }, expect: expect_ },
        { name: 'At the customer', deliver, broker: { profile: 'Customer' }, expect: expect_ },
      ],
    }),
  );
  await page.getByRole('button', { name: /^Scenarios/ }).click();
  await expect(row(page, 'Like the ticket')).toContainText('orders · for 5 s · nack@every=3');
  const toForm = (name: string) =>
    row(page, name)
      .getByRole('button', { name: `Open ${name} in the form` })
      .click();
  await toForm('Like the ticket');

  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText(
    'As the scenario has it: the script sees NotRequested (was the broker’s verdict); fault nack@every=3 (was none); dialect RabbitMQ 4 (was RabbitMQ 3.10); queue orders declared.',
  );
  await expect(page.getByRole('combobox', { name: 'The run ends after' })).toHaveValue('seconds');
  await expect(page.getByRole('spinbutton', { name: 'Seconds' })).toHaveValue('5');
  await page.getByRole('button', { name: /^Brokers/ }).click();
  const brokers = page.getByRole('region', { name: 'Brokers', exact: true });
  await expect(brokers.getByRole('combobox', { name: 'The script sees' })).toHaveValue('kumod');
  await expect(
    brokers.getByRole('combobox', { name: 'RabbitMQ that the embedded broker is like' }),
  ).toHaveValue('rabbitmq-4');
  await expectAccessible(page);
  await notices.getByRole('button', { name: 'Dismiss' }).click();

  await page.getByRole('button', { name: /^Scenarios/ }).click();
  await toForm('At the customer');
  await expect(notices).toContainText('There is no broker profile called Customer here');
  await notices.getByRole('button', { name: 'Dismiss' }).click();

  // What the form runs by time is kept by time.
  await page.getByRole('spinbutton', { name: 'Seconds' }).fill('1');
  await page.getByRole('button', { name: 'Save as scenario' }).click();
  await expect(saveDialog(page).getByLabel('What is saved')).toContainText(
    'messages for 1 s over 2 sessions, to orders',
  );
  await saveDialog(page).getByRole('textbox', { name: 'Name' }).fill('By time');
  await saveDialog(page).getByRole('button', { name: 'Save' }).click();
  await row(page, 'By time').getByRole('button', { name: 'Run By time' }).click();
  await expect(row(page, 'By time')).toContainText(/passed|failed/);
});

test('a delivery of a load run is saved alone, or with its whole run', async ({
  page,
  workbench,
}) => {
  await page.goto(workbench.url);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.amqp');
  await page.getByRole('spinbutton', { name: 'Messages' }).fill('12');
  await deliver(page);
  await expect(page.getByRole('tab', { name: /^Deliveries/ })).toContainText('12');
  await deliveries(page).filter({ hasText: 'acked' }).first().click();
  await recording(page).getByRole('button', { name: 'Save as scenario' }).click();
  const dialog = saveDialog(page);
  const saved = dialog.getByLabel('What is saved');
  await expect(dialog).toContainText('This delivery is one of a load run.');
  await expect(saved).toContainText('one message to amqp');
  await dialog.getByRole('radio', { name: 'the whole run: 12 messages' }).check();
  await expect(saved).toContainText('12 messages, to amqp');
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('All twelve');
  await dialog.getByRole('combobox', { name: 'File' }).fill('own.scenarios.json');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row(page, 'All twelve').getByRole('button', { name: 'Run All twelve' }).click();
  await expect(row(page, 'All twelve')).toContainText('passed');
  await expect(row(page, 'All twelve')).toContainText('12 messages');
});

test('a recording of a policy in a subfolder leads to that policy', async ({ page, workbench }) => {
  const folder = await open(page, workbench);
  await mkdir(path.join(folder, 'eu'));
  await writeFile(path.join(folder, 'eu/init.lua'), `-- The one for Europe.\n${POLICY}`);
  const scenario = { name: 'In Europe', deliver: { queue: 'x' }, expect: { verdicts: ['acked'] } };
  await writeFile(
    path.join(folder, 'eu/eu.scenarios.json'),
    JSON.stringify({ version: 1, policy: 'init.lua', scenarios: [scenario] }),
  );
  await page.getByRole('button', { name: /^Scenarios/ }).click();
  await row(page, 'In Europe').getByRole('button', { name: 'Run In Europe' }).click();
  await row(page, 'In Europe').getByRole('button', { name: 'Open the recording' }).click();
  await recording(page).getByRole('button', { name: 'init.lua:11' }).first().click();
  await expect(page.getByRole('contentinfo')).toContainText('Ln 11');
  await expect(page.locator('.view-lines')).toContainText('The one for Europe.');
  await recording(page).getByRole('button', { name: 'Debug this run' }).click();
  await expect(page.getByRole('region', { name: 'Call stack' })).toContainText('the run is over');
});
