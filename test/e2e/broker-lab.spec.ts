/** The broker lab as a support engineer uses it: find out why the login fails, and where a message went. */
import { createServer } from 'node:net';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { EmbeddedBroker } from '../../electron/amqp/embedded/embedded-broker.ts';
import { openPolicy, publishingPolicy } from './publishing-policy.ts';
import { expect, test } from './served-workbench.ts';
import type { ServedWorkbench } from './served-workbench.ts';

const PASSWORD = 'right-and-secret';
const WRONG = 'wrong-and-secret';

/** To a queue that no broker has. */
const POLICY = publishingPolicy('make.lab', 'loging');
const open = (page: Page, workbench: ServedWorkbench, policy = POLICY): Promise<string> =>
  openPolicy(page, workbench, policy, 'make.lab');

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

const brokers = (page: Page) => page.getByRole('region', { name: 'Broker', exact: true });
const topology = (page: Page) => page.getByRole('tabpanel', { name: 'Topology' });
const deliver = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();

/** Everything that the workbench wrote, but for the file that is there for secrets. */
function writtenFiles(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name !== 'secrets.json')
    .map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8'))
    .join('\n');
}

test('a profile with a wrong password is mended, and no password turns up anywhere', async ({
  page,
  workbench,
}) => {
  test.slow();
  const broker = new EmbeddedBroker({ users: { anna: PASSWORD } });
  const { port } = await broker.listen();
  try {
    await open(page, workbench);
    await page.getByRole('button', { name: 'Brokers', exact: true }).click();
    await page.getByRole('button', { name: 'Add a broker' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Customer');
    await dialog
      .getByLabel('Host, or a whole AMQP URI')
      .fill(`amqp://anna:${WRONG}@127.0.0.1:${port}`);
    await expect(dialog.getByLabel('Port')).toHaveValue(String(port));
    await expect(dialog.getByLabel('User')).toHaveValue('anna');
    await expect(dialog).toContainText('a file that only your user can read');
    await dialog.getByLabel('TLS (amqps)').check();
    await expectAccessible(page);
    await dialog.getByLabel('TLS (amqps)').uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();

    await page.getByRole('button', { name: 'Restricted folder' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Trust/ })
      .click();
    await brokers(page)
      .getByRole('radio', { name: /Customer/ })
      .check();
    await expect(page.getByRole('contentinfo')).toContainText('Broker: Customer');
    await brokers(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(brokers(page).getByRole('status')).toContainText(
      "refused the login of user 'anna'. Correct the user name or the password.",
    );

    await brokers(page).getByRole('button', { name: 'Edit' }).click();
    await expect(dialog.getByLabel('Password')).toHaveValue('');
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await brokers(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(brokers(page).getByRole('status')).toContainText("opened virtual host '/'");
    await expect(brokers(page).getByRole('status')).toContainText('Frame max');
    await expectAccessible(page);

    await deliver(page);
    const row = page.getByRole('grid', { name: 'Deliveries' }).getByRole('row');
    await expect(row.filter({ hasText: 'unroutable' })).toContainText('Silent loss');
    const shown = await page.content();
    for (const secret of [PASSWORD, WRONG]) {
      expect(shown).not.toContain(secret);
      expect(writtenFiles(workbench.home)).not.toContain(secret);
    }
  } finally {
    await broker.close();
  }
});

test('a message to a missing queue is lost silently, then arrives and is peeked at', async ({
  page,
  workbench,
}) => {
  test.slow();
  await open(page, workbench);
  await deliver(page);
  const rows = page.getByRole('grid', { name: 'Deliveries' }).getByRole('row');
  await expect(rows.filter({ hasText: 'unroutable' })).toContainText('Silent loss');

  await page.getByRole('tab', { name: 'Topology' }).click();
  await expect(topology(page)).toContainText('Missing queue');
  await topology(page).getByLabel('Routing key').fill('loging');
  await topology(page).getByRole('button', { name: 'Follow' }).click();
  await expect(topology(page)).toContainText('Goes nowhere');
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Problems' }).click();
  const problem = page.getByRole('listitem').filter({ hasText: "No queue is named 'loging'" });
  await expect(problem).toContainText('missing-queue');
  await expect(problem).toContainText('init.lua:10');
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Topology' }).click();
  await expect(topology(page).getByLabel('Routing key')).toHaveValue('loging');
  await expect(topology(page)).toContainText('Goes nowhere');
  await topology(page)
    .getByRole('button', { name: /^Declare queue/ })
    .click();
  await expect(topology(page)).not.toContainText('Missing queue');
  // The answer follows what the broker holds, and goes when something else is typed.
  await expect(topology(page)).toContainText('Goes to loging');
  await topology(page).getByLabel('Routing key').fill('logging');
  await expect(topology(page)).not.toContainText('Goes to loging');
  await topology(page).getByLabel('Routing key').fill('loging');
  await topology(page).getByRole('button', { name: 'Follow' }).click();
  await expect(topology(page)).toContainText('Goes to loging');
  await page.getByRole('tab', { name: 'Problems' }).click();
  await expect(problem).toHaveCount(0);

  await deliver(page);
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  await expect(rows.filter({ hasText: 'acked' })).toContainText('Delivery 200');
  await page.getByRole('tab', { name: 'Topology' }).click();
  const queue = topology(page).getByRole('row').filter({ hasText: 'loging' });
  await expect(queue).toContainText('1');
  await queue.getByRole('button', { name: 'loging' }).click();
  const peek = page.getByRole('dialog', { name: 'Next messages in loging' });
  await expect(peek).toContainText('default exchange, key loging');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(queue).toContainText('1');
});

test('a port that is no broker is told apart', async ({ page, workbench }) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    await open(page, workbench);
    await page.getByRole('button', { name: 'Restricted folder' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Trust/ })
      .click();
    await page.getByRole('button', { name: 'Brokers', exact: true }).click();
    await page.getByRole('button', { name: 'Add a broker' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Host, or a whole AMQP URI').fill('127.0.0.1');
    await dialog.getByLabel('Port').fill(String(port));
    await dialog.getByRole('button', { name: 'Save' }).click();
    // Before, the only one of the name is the embedded broker, which is chosen already.
    await expect(dialog).toBeHidden();
    await brokers(page)
      .getByRole('radio', { name: /127\.0\.0\.1/ })
      .last()
      .check();
    await brokers(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(brokers(page).getByRole('status')).toContainText('HTTP/1.1 400 Bad Request');
    await page.getByRole('tab', { name: 'Topology' }).click();
    await expect(topology(page)).toContainText('has no management URL');
  } finally {
    server.close();
  }
});

test('a missing exchange is declared with the type that a person chooses', async ({
  page,
  workbench,
}) => {
  await open(page, workbench, POLICY.replace("routing_key = 'loging'", "$&, exchange = 'events'"));
  await deliver(page);
  await page.getByRole('tab', { name: 'Topology' }).click();
  await expect(topology(page)).toContainText('Missing exchange');
  await topology(page).getByLabel('Type of the exchange events').selectOption('topic');
  await expectAccessible(page);
  await topology(page).getByRole('button', { name: 'Declare exchange events' }).click();
  // It is there, and nothing is bound to it yet.
  await expect(topology(page)).toContainText('Missing binding');
  await topology(page)
    .getByRole('combobox', { name: /^Exchange/ })
    .selectOption('events');
  await topology(page).getByLabel('Routing key').fill('loging');
  await topology(page).getByRole('button', { name: 'Follow' }).click();
  await expect(topology(page)).toContainText('events (topic): nothing matches');
});
