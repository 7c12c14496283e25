/** Scenarios as a person keeps them: saved from what happened, run again, followed to the line. */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openFolder } from './open-folder.ts';
import { goToLine } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

const scenarios = (page: Page) => page.getByRole('region', { name: 'Scenarios', exact: true });
const recording = (page: Page) => page.getByRole('tabpanel', { name: 'Recording' });
const row = (page: Page, name: string) =>
  scenarios(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `Run ${name}`, exact: true }) })
    .last();

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText(
    'Goes to make.amqp',
  );
}

async function showScenarios(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Scenarios/ }).click();
}

/** The person's copy of the first sample. */
async function sampleFolder(home: string): Promise<string> {
  const [name = ''] = await readdir(path.join(home, 'samples'));
  return path.join(home, 'samples', name);
}

async function expectNoAxeViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

test('a bounce becomes a scenario that fails when the policy bounces otherwise', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await page.getByRole('combobox', { name: 'Fault of the embedded broker' }).selectOption('Nack');
  await page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();
  await page
    .getByRole('grid', { name: 'Deliveries' })
    .getByRole('row')
    .filter({ hasText: 'Bounce 500' })
    .click();
  await recording(page).getByRole('button', { name: 'Save as scenario' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as scenario' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('amqp: Bounce 500');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('A full broker bounces');
  await expect(dialog.getByRole('combobox', { name: 'File' })).toHaveValue(
    'amqp-routing.scenarios.json',
  );
  await dialog.getByRole('combobox', { name: 'File' }).fill('own.scenarios.json');
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  const saved = row(page, 'A full broker bounces');
  await saved.getByRole('button', { name: 'Run A full broker bounces' }).click();
  await expect(saved).toContainText('passed');

  await recording(page).getByRole('button', { name: 'init.lua:35' }).first().click();
  await expect(page.getByRole('contentinfo')).toContainText('Ln 35');
  for (let i = 0; i < 'kumo.reject('.length; i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < '500'.length; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.type('550');
  await saved.getByRole('button', { name: 'Run A full broker bounces' }).click();

  await expect(saved).toContainText('failed');
  const failure = saved.getByRole('list', { name: 'Not met by A full broker bounces' });
  await expect(failure).toContainText('record.code');
  await expect(failure).toContainText('expected500');
  await expect(failure).toContainText('gotBounce 550 "{\\"status\\":\\"Nack\\"}"');
  await expect(page.getByRole('button', { name: 'Scenarios, 1 failed' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.press('Control+Home');
  await failure.getByRole('button', { name: 'init.lua:35' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Ln 35');
  await saved.getByRole('button', { name: 'Open the recording' }).click();
  await expect(recording(page)).toContainText('Bounce 550');

  const file = path.join(await sampleFolder(workbench.home), 'own.scenarios.json');
  const kept = JSON.parse(await readFile(file, 'utf8')) as { scenarios: object[] };
  expect(kept.scenarios[0]).toMatchObject({
    name: 'A full broker bounces',
    broker: { fault: 'nack' },
    expect: {
      record: { type: 'Bounce', code: 500, content: { json: { status: 'Nack' } } },
      verdicts: ['nacked'],
      publishes: [{ exchange: '', routing_key: 'logging' }],
    },
  });
});

test('the scenarios of a sample run together and show what they have run', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await showScenarios(page);
  await scenarios(page).getByRole('button', { name: 'Run all' }).click();
  await expect(scenarios(page).getByRole('status')).toHaveText('6 passed, 0 failed');

  await scenarios(page).getByRole('button', { name: 'Coverage' }).click();

  const coverage = page.getByRole('region', { name: 'Coverage of files' });
  await expect(coverage.getByRole('row').filter({ hasText: 'init.lua' })).toContainText('100%');
  await expect(page.locator('.coverage-bar.ran').first()).toBeVisible();
  await expectNoAxeViolations(page);
});

test('a log point added afterwards tells its values for every message of a scenario', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await showScenarios(page);
  const name = 'Of 40 messages every tenth is nacked, and none is lost';
  await row(page, name)
    .getByRole('button', { name: `Run ${name}`, exact: true })
    .click();
  await expect(page.getByRole('tab', { name: /^Deliveries/ })).toContainText('40');
  await page
    .getByRole('grid', { name: 'Deliveries' })
    .getByRole('row')
    .filter({ hasText: 'nacked' })
    .first()
    .click();
  await recording(page).getByRole('button', { name: 'Debug this run' }).click();
  await expect(page.getByRole('region', { name: 'Call stack' })).toContainText('the run is over');

  await goToLine(page, 30);
  await page.keyboard.press('Shift+F9');
  await page
    .getByRole('combobox', { name: 'What the breakpoint does' })
    .selectOption({ label: 'Log' });
  await page.getByRole('textbox', { name: 'Log' }).fill('{result.status}');
  await page.keyboard.press('Enter');

  const points = page.getByRole('region', { name: 'Log points on this run' });
  await expect(points).toContainText('40 values');
  await expect(points).toContainText('Nack');
});

test('a scenario is opened in the form with its faults', async ({ page, workbench }) => {
  await open(page, workbench.url);
  await showScenarios(page);
  const name = 'Of 40 messages every tenth is nacked, and none is lost';
  await row(page, name)
    .getByRole('button', { name: `Open ${name} in the form` })
    .click();

  await expect(page.getByRole('spinbutton', { name: 'Messages' })).toHaveValue('40');
  await expect(page.getByRole('spinbutton', { name: 'Sessions' })).toHaveValue('2');
  await expect(page.getByRole('contentinfo')).toContainText('nack');

  await page.getByRole('button', { name: 'Save as scenario' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as scenario' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('has a scenario called');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('From the form');
  await dialog.getByRole('button', { name: 'Save' }).click();

  const saved = row(page, 'From the form');
  await expect(saved).toContainText('40 messages · nack@every=10');
  await saved.getByRole('button', { name: 'Run From the form' }).click();
  await expect(saved).toContainText('passed');
});

test('a mistake in a file is told with its line, and what is saved runs again', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  const folder = await sampleFolder(workbench.home);
  await openFolder(page, folder);
  await showScenarios(page);
  await expect(scenarios(page).getByRole('status')).toHaveText('6 scenarios');
  await scenarios(page).getByRole('button', { name: 'On save' }).click();

  const file = path.join(folder, 'amqp-routing.scenarios.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"expect"', '"expcet"'));

  const mistakes = scenarios(page).getByRole('list', {
    name: 'Mistakes in amqp-routing.scenarios.json',
  });
  await expect(mistakes).toContainText('did you mean "expect"?');
  await expect(scenarios(page).getByRole('status')).toHaveText('1 file with mistakes');
  await mistakes.getByRole('button', { name: /^Line/ }).first().click();
  await expect(page.getByRole('contentinfo')).toContainText(/Ln 1\d/);
  await expectNoAxeViolations(page);

  await writeFile(file, text);

  await expect(scenarios(page).getByRole('status')).toHaveText('6 passed, 0 failed');
});

test('a folder without scenarios says how to come by one', async ({ page, workbench }) => {
  await open(page, workbench.url);
  const folder = path.join(workbench.home, 'empty-policy');
  const sample = await sampleFolder(workbench.home);
  await cp(path.join(sample, 'init.lua'), path.join(folder, 'init.lua'));
  await openFolder(page, folder);
  await showScenarios(page);

  await expect(scenarios(page)).toContainText('No scenarios in this folder yet.');
  await scenarios(page).getByRole('button', { name: 'Save the form as scenario' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as scenario' });
  await expect(dialog.getByRole('combobox', { name: 'File' })).toHaveValue('init.scenarios.json');
});
