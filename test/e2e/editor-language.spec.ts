/** Writing with what the editor knows: completion, hover, definitions, rename, quick fixes. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openSample } from './open-folder.ts';
import { goToEnd, goToLine } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('tabpanel', { name: 'init.lua' })).toContainText('get_queue_config');
}

async function openTenantSample(page: Page, url: string): Promise<void> {
  await open(page, url);
  await openSample(page, 'Routing by tenant and campaign');
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.mail');
}

const suggestions = (page: Page) => page.locator('.suggest-widget');
const errorMark = (page: Page) => page.locator('.squiggly-error');

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await goToEnd(page);
  await page.keyboard.insertText(text);
}

test('events and fields are completed where they go, with what they mean', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await typeAtEnd(page, '\nkumo.on(');
  await page.keyboard.type("'get_egr");
  await expect(suggestions(page)).toContainText('get_egress_path_config');
  await expect(suggestions(page)).not.toContainText('make_queue_config');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('events.png') });
  await page.keyboard.press('Escape');

  await typeAtEnd(page, "\nlocal config = kumo.make_queue_config { max_age = '1d',");
  await page.keyboard.type(' retry');
  await expect(suggestions(page)).toContainText('retry_interval');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('tabpanel', { name: 'init.lua' })).toContainText(/retry_interval\s=/);
});

test('a misspelt field is mended by its quick fix', async ({ page, workbench }) => {
  await open(page, workbench.url);
  await typeAtEnd(page, "\nlocal config = kumo.make_queue_config { retry_intervall = '5m' }");
  await expect(errorMark(page)).toBeVisible();

  await page.keyboard.press('ArrowLeft');
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+.');
  await page.getByText('Change to retry_interval', { exact: true }).click();

  await expect(errorMark(page)).toBeHidden();
  await expect(page.getByRole('tabpanel', { name: 'init.lua' })).not.toContainText('intervall');
});

test('a finding is silenced by a comment that waits for its reason', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await typeAtEnd(page, "\nlocal config = kumo.make_queue_config { retry_intervall = '5m' }");
  await expect(errorMark(page)).toBeVisible();
  for (let i = 0; i < 13; i++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+.');
  await page.getByText('Silence unknown-field here, with a reason').click();
  await expect(errorMark(page)).toBeVisible();
  await page.keyboard.type('our own build has it');

  await expect(errorMark(page)).toBeHidden();
});

test('hovering tells what a function is, with its page', async ({ page, workbench }) => {
  await open(page, workbench.url);
  const line = await page.evaluate(async () => {
    const { text } = await window.workbench.call('workspace.read', { path: 'init.lua' });
    return text.split('\n').findIndex((each) => each.includes('return kumo.make_queue')) + 1;
  });
  const column = await page.evaluate(async (at) => {
    const { text } = await window.workbench.call('workspace.read', { path: 'init.lua' });
    return (text.split('\n')[at - 1] ?? '').indexOf('make_queue') + 3;
  }, line);
  await goToLine(page, line, column);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+i');
  const hover = page.locator('.monaco-hover').filter({ hasText: "KumoMTA's documentation" });
  await expect(hover).toBeVisible();
  await expect(hover).toContainText('The configuration of a scheduled queue');
  await page.screenshot({ path: test.info().outputPath('hover.png') });
});

test('a definition is followed into a module', async ({ page, workbench }) => {
  await openTenantSample(page, workbench.url);
  const text = page.getByRole('tabpanel', { name: 'init.lua' });
  await expect(text).toContainText("require 'routes'");
  await page.keyboard.press('Escape');
  const line = await page.evaluate(async () => {
    const { text: policy } = await window.workbench.call('workspace.read', { path: 'init.lua' });
    return policy.split('\n').findIndex((each) => each.includes("require 'routes'")) + 1;
  });
  await goToLine(page, line, 27);
  await page.keyboard.press('F12');

  await expect(page.getByRole('tab', { name: 'routes.lua' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('a constructor is renamed in its queue and at its handler', async ({ page, workbench }) => {
  await open(page, workbench.url);
  const line = await page.evaluate(async () => {
    const { text: policy } = await window.workbench.call('workspace.read', { path: 'init.lua' });
    return policy.split('\n').findIndex((each) => each.includes("kumo.on('make.amqp'")) + 1;
  });
  await goToLine(page, line, 12);
  await page.keyboard.press('F2');
  const input = page.locator('.rename-box input');
  await expect(input).toHaveValue('make.amqp');
  await input.fill('make.rabbit');
  await page.keyboard.press('Enter');

  const text = page.getByRole('tabpanel', { name: 'init.lua' });
  await expect(text).toContainText("constructor = 'make.rabbit'");
  await expect(text).toContainText("kumo.on('make.rabbit'");
  await expect(errorMark(page)).toBeHidden();
});
