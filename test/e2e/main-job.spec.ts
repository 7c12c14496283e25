/** The main job as a person does it: open, simulate, deliver, nack, read the reason, go to its line. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openSample } from './open-folder.ts';
import { openPolicy, publishingPolicy } from './publishing-policy.ts';
import { goToEnd } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('tabpanel', { name: 'init.lua' })).toContainText('get_queue_config');
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText(
    'Goes to make.amqp',
  );
}

async function chooseFault(page: Page, fault: string): Promise<void> {
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await page.getByRole('combobox', { name: 'Fault of the embedded broker' }).selectOption(fault);
  await expect(page.getByRole('contentinfo')).toContainText('Fault');
}

const deliveries = (page: Page) => page.getByRole('grid', { name: 'Deliveries' });
const recording = (page: Page) => page.getByRole('tabpanel', { name: 'Recording' });
const deliver = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();

test('a message goes through the policy to the embedded broker and back', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);

  await deliver(page);

  const row = deliveries(page).getByRole('row').filter({ hasText: 'logging' });
  await expect(row).toContainText('250 ok');
  await expect(row).toContainText('acked');
  await expect(row).toContainText('Delivery 200');
});

test('what was delivered is there again when the page is loaded anew', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await deliver(page);
  await expect(page.getByRole('tab', { name: 'Deliveries 1' })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('tab', { name: 'Deliveries 1' })).toBeVisible();
  await deliveries(page).getByRole('row').nth(1).click();
  await expect(recording(page)).toContainText('kumod logs Delivery 200');
});

test('the console and what became of a run are there again when the page is loaded anew', async ({
  page,
  workbench,
}) => {
  const policy = `print('the policy is read')\n${publishingPolicy('make.amqp', 'logging')}`;
  await openPolicy(page, workbench, policy, 'make.amqp');
  const console = page.getByRole('log', { name: 'Console' });
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(console).toContainText('the policy is read');
  await page.getByRole('spinbutton', { name: 'Messages', exact: true }).fill('3');
  await deliver(page);
  const summary = page.getByRole('region', { name: 'Run summary' });
  await expect(summary).toContainText('3 messages');

  await page.reload();
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(console).toContainText('the policy is read');
  await expect(summary).toContainText('3 messages');

  await page.getByRole('button', { name: 'Clear' }).click();
  await page.reload();
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(page.getByText('Nothing printed yet')).toBeVisible();
});

test('a nack is read as a bounce and leads to the line that rejected', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await chooseFault(page, 'Nack');
  await deliver(page);

  const row = deliveries(page).getByRole('row').filter({ hasText: 'nacked' });
  await expect(row).toContainText('Bounce 500');
  await expect(row).toContainText('{"status":"Nack"}');
  await row.click();
  await expect(recording(page)).toContainText('nacked');
  await recording(page).getByRole('button', { name: 'init.lua:35' }).first().click();

  await expect(page.getByRole('contentinfo')).toContainText('Ln 35');
});

test('the effective config follows the form as it is typed', async ({ page, workbench }) => {
  await open(page, workbench.url);

  await page.getByRole('textbox', { name: 'Domain', exact: true }).fill('example.com');

  await expect(page.getByRole('textbox', { name: 'Queue name' })).toHaveValue('example.com');
  await expect(page.getByRole('region', { name: 'Where it goes' })).not.toContainText('make.amqp');
  await expect(page.getByRole('region', { name: 'Effective queue config' })).toContainText('20m');
});

test('a queue name fills its parts', async ({ page, workbench }) => {
  await open(page, workbench.url);

  await page
    .getByRole('textbox', { name: 'Queue name' })
    .fill('spring:acme@example.com!mx.example.net');

  await expect(page.getByRole('textbox', { name: 'Campaign' })).toHaveValue('spring');
  await expect(page.getByRole('textbox', { name: 'Tenant' })).toHaveValue('acme');
  await expect(page.getByRole('textbox', { name: 'Domain', exact: true })).toHaveValue(
    'example.com',
  );
  await expect(page.getByRole('textbox', { name: 'Routing domain' })).toHaveValue('mx.example.net');
});

test('a message that the broker drops while kumod logs a Delivery is shouted', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await openSample(page, 'Log hook to AMQP');
  await chooseFault(page, 'Unroutable');
  await deliver(page);

  const row = deliveries(page).getByRole('row').filter({ hasText: 'unroutable' });
  await expect(row).toContainText('Delivery 200');
  await expect(row).toContainText('Silent loss');
});

test('what a fault did is put down to the fault, and mended by turning it off', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await openSample(page, 'Log hook to AMQP');
  await chooseFault(page, 'Unroutable');
  await deliver(page);
  await deliveries(page).getByRole('row').filter({ hasText: 'Silent loss' }).click();

  await expect(recording(page)).toContainText('had the fault unroutable for this run');
  await expect(recording(page)).not.toContainText('exists now');
  await recording(page).getByRole('button', { name: 'Turn the fault off' }).click();
  await expect(page.getByRole('contentinfo')).not.toContainText('Fault');
  await recording(page).getByRole('button', { name: 'Deliver again' }).click();

  await expect(deliveries(page).getByRole('row').filter({ hasText: 'acked' })).toBeVisible();
});

test('another folder begins with its own question and without deliveries of the last one', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await deliver(page);
  await deliveries(page).getByRole('row').filter({ hasText: 'acked' }).click();
  await expect(recording(page)).toContainText('What happened');

  await openSample(page, 'Routing by tenant and campaign');

  await expect(page.getByRole('textbox', { name: 'Queue name' })).toHaveValue(
    'spring:acme@example.com',
  );
  await expect(page.getByRole('tabpanel', { name: 'Deliveries' })).toContainText(
    'Nothing delivered yet',
  );
});

test('a new metadata row gets the focus, and removing it gives the focus back', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await page.getByText('Envelope, metadata and content').click();

  await page.getByRole('button', { name: 'Add metadata' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Metadata 1, name' })).toBeFocused();
  await page.getByRole('button', { name: 'Remove metadata 1' }).press('Enter');

  await expect(page.getByRole('button', { name: 'Add metadata' })).toBeFocused();
});

test('a broker beyond the embedded one asks for trust first', async ({ page, workbench }) => {
  await open(page, workbench.url);
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();

  await page.getByRole('radio', { name: 'As the policy says' }).click();

  await expect(page.getByRole('dialog')).toContainText('This folder is restricted');
  await page.getByRole('button', { name: 'Stay restricted' }).press('Enter');
  await expect(page.getByRole('radio', { name: 'Embedded broker' })).toBeChecked();
});

test('the guide as printed leads to its mistake', async ({ page, workbench }) => {
  await open(page, workbench.url);
  await openSample(page, 'The AMQP guide as printed');
  await deliver(page);

  const row = deliveries(page).getByRole('row').filter({ hasText: 'TransientFailure 400' });
  await row.click();
  await expect(recording(page)).toContainText("attempt to index a nil value (global 'message')");
  await recording(page).getByRole('button', { name: 'init.lua:20' }).first().click();

  await expect(page.getByRole('contentinfo')).toContainText('Ln 20');
});

test('a syntax error is marked while typing and the saved policy says where it fails', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);

  await goToEnd(page);
  await page.keyboard.type('local = 1');

  await expect(page.locator('.squiggly-error')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('contentinfo')).toContainText('fails');
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing in the ${colorScheme} window after a delivery`, async ({
    page,
    workbench,
  }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, workbench.url);
    await deliver(page);
    await deliveries(page).getByRole('row').filter({ hasText: 'acked' }).click();
    await expect(recording(page)).toContainText('What happened');

    const { violations } = await new AxeBuilder({ page })
      // Monaco dims the numbers of the lines around the cursor; nothing else is let off.
      .exclude('.monaco-editor .line-numbers')
      .analyze();

    expect(
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })),
    ).toEqual([]);
  });
}
