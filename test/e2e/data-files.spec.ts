/** Writing the data files of KumoMTA's helpers: completed, explained, checked and mended where they are. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openFolder } from './open-folder.ts';
import { goToEnd, policyText } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

const POLICY = `local kumo = require 'kumo'
local setup = require 'setup'
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config {}
end)
`;
// The helpers themselves are not on this machine: the module is not loaded, and read all the same.
const SETUP = `local queue = require 'policy-extras.queue'
return function()
  return queue:setup { '/opt/kumomta/etc/policy/routing.toml' }
end
`;
const ROUTING = `tenant_header = "X-Tenant"

[tenant.'marketing']
egress_pool = 'pool-1' # of the second node
overall_max_message_rate = "100/s"

[queue.default]
max_age = "24 hours"
`;

async function openDataFile(page: Page, home: string, url: string, text: string): Promise<string> {
  const folder = path.join(home, 'policy-with-data');
  await mkdir(path.join(folder, 'etc'), { recursive: true });
  await writeFile(
    path.join(folder, 'init.lua'),
    POLICY.replace("local setup = require 'setup'\n", ''),
  );
  await writeFile(path.join(folder, 'setup.lua'), SETUP);
  const file = path.join(folder, 'etc', 'routing.toml');
  await writeFile(file, text);
  await page.goto(url);
  await openFolder(page, folder);
  const row = page.getByRole('treeitem', { name: /routing\.toml/ });
  if (!(await row.isVisible())) await page.getByRole('treeitem', { name: /^etc/ }).click();
  await row.click();
  await expect(page.getByRole('tabpanel', { name: 'routing.toml' })).toContainText('tenant_header');
  return file;
}

const suggestions = (page: Page) => page.locator('.suggest-widget');
const problems = (page: Page) => page.getByRole('list', { name: 'Problems' });

test('a queue is written with completion, and the file is saved as it was chosen', async ({
  page,
  workbench,
}) => {
  const file = await openDataFile(page, workbench.home, workbench.url, ROUTING);
  await goToEnd(page);

  await page.keyboard.type('retry_in');
  await expect(suggestions(page)).toContainText('retry_interval');
  await page.screenshot({ path: test.info().outputPath('fields.png') });
  await page.keyboard.press('Enter');
  // The values come by themselves, the default first.
  await expect(suggestions(page)).toContainText('20m');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('[queue."gmail.com".');
  await expect(suggestions(page)).toContainText('marketing');
  await page.keyboard.type('mark');
  await page.keyboard.press('Enter');
  // Over the bracket that the editor closed by itself, which it leaves to the person while it is busy.
  await page.keyboard.type(']');
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
  await page.keyboard.press('Control+s');

  await expect
    .poll(() => readFile(file, 'utf8'))
    .toBe(`${ROUTING}retry_interval = "20m"\n[queue."gmail.com".marketing]`);
});

test('a misspelt field is marked, explained, listed and mended', async ({ page, workbench }) => {
  const broken = ROUTING.replace('max_age', 'max_agee');
  await openDataFile(page, workbench.home, workbench.url, broken);

  await expect(page.locator('.squiggly-error')).toBeVisible();
  await page.getByRole('tab', { name: 'Problems' }).click();
  const row = problems(page).getByRole('listitem').filter({ hasText: 'max_agee' });
  await expect(row).toContainText('The queue helper refuses the whole file with an error.');
  await expect(page.getByRole('treeitem', { name: /routing\.toml/ })).toContainText('1 error');
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('problems.png') });

  await row.getByRole('button').first().click();
  await policyText(page).press('Control+.');
  await page.getByRole('option', { name: 'Change to max_age' }).click();

  await expect(page.locator('.squiggly-error')).toHaveCount(0);
  await expect(problems(page).getByRole('listitem').filter({ hasText: 'max_agee' })).toHaveCount(0);
});

test('hover tells what a field is, and a reason in a comment silences a finding', async ({
  page,
  workbench,
}) => {
  const broken = `${ROUTING}# workbench: ignore unknown-field: our build has it\nmax_agee = "1h"\n`;
  await openDataFile(page, workbench.home, workbench.url, broken);
  await expect(page.locator('.view-line').filter({ hasText: 'max_agee' })).toBeVisible();
  await expect(page.locator('.squiggly-error')).toHaveCount(0);

  const field = page.locator('.view-line > span > span');
  await field.filter({ hasText: 'overall_max_message_rate' }).first().hover();
  await expect(
    page.locator('.monaco-hover').filter({ hasText: 'A rate over all its queues' }),
  ).toBeVisible();
});

test('what is no TOML is said while it is typed', async ({ page, workbench }) => {
  await openDataFile(page, workbench.home, workbench.url, ROUTING);
  await goToEnd(page);
  await page.keyboard.insertText('egress_pool = pool-1');
  await page.getByRole('tab', { name: 'Problems' }).click();
  await expect(problems(page)).toContainText('a text stands in quotes');
});
