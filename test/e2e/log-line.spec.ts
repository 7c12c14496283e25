/** A failure from a ticket: its log line is pasted, made to happen again, and told apart from another end. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './served-workbench.ts';

const RECORD = {
  type: 'TransientFailure',
  id: 'c90b9c00e8b211f180017130c3e16daa',
  sender: 'bounces@sender.example',
  recipient: 'user@example.com',
  queue: 'spring:acme@amqp',
  site: 'unspecified->amqp@lua:make.amqp',
  size: 2310,
  response: {
    code: 400,
    enhanced_code: null,
    content:
      'KumoMTA internal: failed to connect to any candidate hosts: IO error: Connection refused (os error 111) stack traceback:\t[C]: in field',
    command: null,
  },
  created: 1_795_599_000,
  num_attempts: 2,
  meta: { customer: 'c-17' },
  headers: {},
  delivery_protocol: 'Lua',
};

const dialog = (page: Page) => page.getByRole('dialog', { name: /log/ });
const form = (page: Page) => page.getByRole('tabpanel', { name: 'Simulate' });
const recording = (page: Page) => page.getByRole('tabpanel', { name: 'Recording' });

const pasted = (page: Page) => dialog(page).getByRole('textbox', { name: /Log record/ });

async function openDialog(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.amqp');
  await page.getByRole('button', { name: 'Log line' }).click();
}

async function deliver(page: Page, nth: number): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();
  await expect(page.getByRole('tab', { name: `Deliveries ${nth}` })).toBeVisible();
  await page.getByRole('grid', { name: 'Deliveries' }).getByRole('row').nth(1).click();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('the attempts before a message are seen in the form, asked again and left with its line', async ({
  page,
  workbench,
}) => {
  await openDialog(page, workbench.url);
  await pasted(page).fill(JSON.stringify(RECORD));
  await dialog(page).getByRole('button', { name: 'Fill the form' }).click();
  await deliver(page, 1);
  await expect(recording(page)).toContainText('attempt 3');

  await page.reload();
  await expect(form(page).getByLabel('Queue name')).toHaveValue('spring:acme@amqp');
  await expect(form(page)).not.toContainText('kumod logged');
  await form(page).getByText('Envelope, metadata and content').click();
  await expect(form(page).getByLabel('Message id')).toHaveValue(RECORD.id);
  const before = form(page).getByLabel('Attempts before');
  await expect(before).toHaveValue('2');
  await before.fill('');
  await before.pressSequentially('7');
  await expect(form(page)).toContainText('attempt 8');
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath('attempts.png') });
  await deliver(page, 2);
  await expect(recording(page)).toContainText('attempt 8');
});

test('a line of the log is reproduced with the fault that its words tell', async ({
  page,
  workbench,
}) => {
  await openDialog(page, workbench.url);
  await pasted(page).fill('550 5.1.1 no such user');
  await expect(dialog(page)).toContainText('This is no log record of kumod.');
  await expect(dialog(page).getByRole('button', { name: 'Fill the form' })).toBeDisabled();

  const lines = [{ ...RECORD, type: 'Reception' }, RECORD].map((line) => JSON.stringify(line));
  await pasted(page).fill(lines.join('\n'));
  await expect(dialog(page).getByRole('radio', { name: /TransientFailure 400/ })).toBeChecked();
  await expect(dialog(page)).toContainText('Nobody listened at the broker’s port.');
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath('dialog.png') });
  await dialog(page).getByRole('button', { name: 'Fill the form' }).click();

  await expect(form(page).getByLabel('Queue name')).toHaveValue('spring:acme@amqp');
  await expect(form(page)).toContainText('kumod logged TransientFailure 400');
  await deliver(page, 1);
  await expect(recording(page)).toContainText('Not as kumod’s log says');
  await expect(recording(page).getByRole('row', { name: /type/ })).toContainText('Delivery');
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath('differs.png') });

  await page.getByRole('tab', { name: 'Simulate' }).click();
  await form(page).getByRole('button', { name: 'Turn on refuse' }).click();
  await expect(form(page)).toContainText('The embedded broker has the fault refuse.');
  await page.screenshot({ path: test.info().outputPath('form.png') });
  await deliver(page, 2);
  await expect(recording(page)).toContainText('Reproduced');
  await expect(recording(page)).toContainText('attempt 3');

  await page.getByRole('tab', { name: 'Simulate' }).click();
  await form(page).getByRole('button', { name: 'Done' }).click();
  await expect(form(page)).not.toContainText('kumod logged');
  await deliver(page, 3);
  await expect(recording(page)).toContainText('attempt 1');
  await expect(recording(page)).not.toContainText('Reproduced');
});
