/** Choosing which RabbitMQ the embedded broker is like. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './served-workbench.ts';

const section = (page: Page) => page.getByRole('region', { name: 'Dialect' });

test('the embedded broker becomes like RabbitMQ 4, says what that changes, and stays so', async ({
  page,
  workbench,
}) => {
  await page.goto(workbench.url);
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  const choice = section(page).getByRole('combobox');
  await expect(choice).toHaveValue('rabbitmq-3.10');
  await section(page).getByText('What that changes').click();
  await expect(section(page)).toContainText('128 MiB, above it 406');
  await choice.selectOption('As RabbitMQ 4');
  await expect(section(page)).toContainText('16 MiB, above it 406');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await workbench.kill();
  await page.goto(await workbench.start());
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await expect(choice).toHaveValue('rabbitmq-4');
});
