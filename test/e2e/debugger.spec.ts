/** The debugger as a person uses it: stop, look, step into a module, step back, ask afterwards. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openSample } from './open-folder.ts';
import { goToLine } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('tabpanel', { name: 'init.lua' })).toContainText('get_queue_config');
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText(
    'Goes to make.amqp',
  );
}

/** The sample with a module of its own and metadata that decides. */
async function openTenantSample(page: Page, url: string): Promise<void> {
  await open(page, url);
  await openSample(page, 'Routing by tenant and campaign');
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText(
    'Goes to make.mail',
  );
}

const callStack = (page: Page) => page.getByRole('region', { name: 'Call stack' });
const breakpoints = (page: Page) => page.getByRole('region', { name: 'Breakpoints' });
const variables = (page: Page) => page.getByRole('tree', { name: 'Variables' });
const recording = (page: Page) => page.getByRole('tabpanel', { name: 'Recording' });
const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Debugger' });
const slider = (page: Page) => toolbar(page).getByRole('slider', { name: 'Position in the run' });

/** Waits until the script stands still there. */
async function standsAt(page: Page, place: string): Promise<void> {
  await expect(callStack(page).locator('[aria-current=true]')).toContainText(place);
}

async function expandVariable(page: Page, name: string): Promise<void> {
  const row = variables(page).getByRole('treeitem', { name: new RegExp(`^${name}\\b`) });
  await row.click();
  await expect(row).toHaveAttribute('aria-expanded', 'true');
}

async function messagesOf(page: Page, queue: string): Promise<number | undefined> {
  return page.evaluate(async (name) => {
    const state = await window.workbench.call('brokers.state', {});
    return state.queues.find((one) => one.name === name)?.messages;
  }, queue);
}

test('a conditional breakpoint stops where its message is, and its metadata is there to see', async ({
  page,
  workbench,
}) => {
  await openTenantSample(page, workbench.url);

  await goToLine(page, 31);
  await page.keyboard.press('Shift+F9');
  await page.getByRole('textbox', { name: 'Stop if' }).fill("tenant == 'acme'");
  await page.keyboard.press('Enter');
  await page.keyboard.press('F5');

  await expect(callStack(page)).toContainText('paused on breakpoint');
  await standsAt(page, 'init.lua:31');
  await expect(variables(page)).toContainText("'acme'");
  await expandVariable(page, 'message');
  await expandVariable(page, 'meta');
  await expect(
    variables(page)
      .getByRole('treeitem', { name: /^tenant\b/ })
      .last(),
  ).toContainText("'acme'");
  await expect(page.locator('.debug-inline-value').first()).toBeVisible();
});

test('a condition that does not hold stops nowhere, and the run stands at its end', async ({
  page,
  workbench,
}) => {
  await openTenantSample(page, workbench.url);

  await goToLine(page, 31);
  await page.keyboard.press('Shift+F9');
  await page.getByRole('textbox', { name: 'Stop if' }).fill("tenant == 'globex'");
  await page.keyboard.press('Enter');
  await page.keyboard.press('F5');

  await expect(callStack(page)).toContainText('the run is over');
});

test('a step leads into a module, and a step back out of it again', async ({ page, workbench }) => {
  await openTenantSample(page, workbench.url);

  await goToLine(page, 4);
  await page.keyboard.press('F9');
  await page.keyboard.press('F5');
  await standsAt(page, 'init.lua:4');
  await page.keyboard.press('F11');

  await standsAt(page, 'routes.lua');
  await expect(page.getByRole('tab', { name: 'routes.lua' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Alt+F10');

  await standsAt(page, 'init.lua:4');
  await expect(page.getByRole('tab', { name: 'init.lua' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('a log point on a finished run tells its values, and coverage its lines', async ({
  page,
  workbench,
}) => {
  await openTenantSample(page, workbench.url);
  await page.getByRole('tab', { name: 'Debugger' }).click();
  await page.getByRole('button', { name: 'Debug', exact: true }).first().click();
  await expect(callStack(page)).toContainText('the run is over');

  await goToLine(page, 44);
  await page.keyboard.press('Shift+F9');
  await page
    .getByRole('combobox', { name: 'What the breakpoint does' })
    .selectOption({ label: 'Log' });
  await page.getByRole('textbox', { name: 'Log' }).fill('{tenant}.{campaign}');
  await page.keyboard.press('Enter');

  const points = page.getByRole('region', { name: 'Log points on this run' });
  await expect(points).toContainText('1 value');
  await expect(points).toContainText('acme.spring');
  await page.getByRole('tab', { name: 'Coverage' }).click();
  const row = page.getByRole('row', { name: /init\.lua/ });
  await expect(row).toContainText(/\d+ of \d+/);
  await expect(page.locator('.coverage-bar.ran').first()).toBeVisible();
  await goToLine(page, 39);
  await expect(page.locator('.coverage-bar.never').first()).toBeVisible();
});

test('the coverage of runs that a person picks is summed', async ({ page, workbench }) => {
  await openTenantSample(page, workbench.url);
  const deliver = page.getByRole('banner').getByRole('button', { name: 'Deliver' });
  const rows = page.getByRole('grid', { name: 'Deliveries' }).getByRole('row');
  await deliver.click();
  await expect(rows.filter({ hasText: 'acked' })).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Tenant', exact: true }).fill('globex');
  await deliver.click();
  await expect(rows.filter({ hasText: 'unroutable' })).toHaveCount(1);

  const file = page.getByRole('row', { name: /init\.lua/ });
  for (const [verdict, percent] of [
    ['acked', '89%'],
    ['unroutable', '%'],
  ] as const) {
    await page.getByRole('tab', { name: /^Deliveries/ }).click();
    await rows.filter({ hasText: verdict }).click();
    await expect(recording(page)).toContainText(verdict);
    await recording(page).getByRole('button', { name: 'Read coverage' }).click();
    await expect(file).toContainText(percent);
  }
  const runs = page.getByRole('combobox', { name: 'Which runs' });
  const lines = async (): Promise<number> =>
    Number(/(\d+) of \d+/.exec((await file.textContent()) ?? '')?.[1]);
  const ofOne = await lines();
  await runs.selectOption({ label: '2 runs together' });
  expect(await lines()).toBeGreaterThan(ofOne);
});

test('a finished delivery is stepped through, and the broker gets nothing twice', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();
  await page
    .getByRole('grid', { name: 'Deliveries' })
    .getByRole('row')
    .filter({ hasText: 'acked' })
    .click();
  await recording(page).getByRole('button', { name: 'Debug this run' }).click();

  await expect(callStack(page)).toContainText('the run is over');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '1');
  await standsAt(page, 'init.lua');
  await page.keyboard.press('Control+ArrowRight');
  await expect(slider(page)).not.toHaveAttribute('aria-valuenow', '1');
  await expect(recording(page).locator('[aria-current=step]')).toBeVisible();
  await recording(page).getByRole('button', { name: 'Step back' }).click();

  await standsAt(page, 'init.lua');
  expect(await messagesOf(page, 'logging')).toBe(1);
});

test('breakpoints follow the text and are there after a reload', async ({ page, workbench }) => {
  await open(page, workbench.url);

  await goToLine(page, 29);
  await page.keyboard.press('F9');
  await expect(breakpoints(page)).toBeHidden();
  await page.getByRole('tab', { name: 'Debugger' }).click();
  await expect(breakpoints(page)).toContainText('init.lua:29');
  await goToLine(page, 1);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(breakpoints(page)).toContainText('init.lua:30');
  await expect
    .poll(() => page.evaluate(async () => window.workbench.call('debugSetup.get', {})))
    .toMatchObject({ lines: [{ file: 'init.lua', line: 30 }] });
  await page.keyboard.press('Control+s');
  await page.reload();
  await page.getByRole('tab', { name: 'Debugger' }).click();

  await expect(breakpoints(page)).toContainText('init.lua:30');
  // Only lines in sight are on the page.
  await goToLine(page, 30);
  const glyph = page.locator('.debug-glyph');
  await expect(glyph).toBeVisible();
  const number = page.locator('.line-numbers', { hasText: /^30$/ });
  await expect
    .poll(async () => (await glyph.boundingBox())?.y)
    .toBe((await number.boundingBox())?.y);
});

test('after a debugged run breakpoints follow what is typed above them', async ({
  page,
  workbench,
}) => {
  await openTenantSample(page, workbench.url);
  await goToLine(page, 44);
  await page.keyboard.press('F9');
  await page.keyboard.press('F5');
  await standsAt(page, 'init.lua:44');
  // Text that is not the one that runs, and the same once more without a session.
  await goToLine(page, 43);
  await page.keyboard.press('End');
  await page.keyboard.type('\n-- one');
  await expect(breakpoints(page)).toContainText('init.lua:45');
  await page.keyboard.press('Shift+F5');
  await expect(callStack(page)).toBeHidden();
  await page.keyboard.type('\n-- two');
  await expect(breakpoints(page)).toContainText('init.lua:46');
  const glyph = page.locator('.debug-glyph');
  const text = page.locator('.view-line', { hasText: /250.published.as/ });
  await expect.poll(async () => (await glyph.boundingBox())?.y).toBe((await text.boundingBox())?.y);
});

test('a delivery of another text is shown with the text that it ran', async ({
  page,
  workbench,
}) => {
  await open(page, workbench.url);
  await page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();
  const row = page
    .getByRole('grid', { name: 'Deliveries' })
    .getByRole('row')
    .filter({ hasText: 'acked' });
  await expect(row).toBeVisible();
  await goToLine(page, 1);
  await page.keyboard.press('Home');
  await page.keyboard.type('-- another text\n');
  await page.keyboard.press('Control+s');
  await row.click();
  await recording(page).getByRole('button', { name: 'Debug this run' }).click();

  await expect(callStack(page)).toContainText('the run is over');
  // The lines of the run are not those of the file.
  await expect(page.locator('.coverage-bar')).toHaveCount(0);
  await page.keyboard.press('Alt+F10');
  await expect(page.getByRole('tab', { name: 'as it was run' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(page.getByRole('tabpanel', { name: 'as it was run' })).not.toContainText(
    'another text',
  );
  await page.keyboard.press('Shift+F5');
  await expect(page.getByRole('tab', { name: 'as it was run' })).toBeHidden();
});

test('a value is set, watched and asked for', async ({ page, workbench }) => {
  await openTenantSample(page, workbench.url);
  await goToLine(page, 31);
  await page.keyboard.press('F9');
  await page.keyboard.press('F5');
  await standsAt(page, 'init.lua:31');

  await page.getByRole('textbox', { name: 'Expression to watch' }).fill("campaign .. '!'");
  await page.keyboard.press('Enter');
  const watch = page.getByRole('tree', { name: 'Watch' });
  await expect(watch).toContainText("'spring!'");
  await variables(page)
    .getByRole('treeitem', { name: /^campaign\b/ })
    .dblclick();
  await page.getByRole('textbox', { name: 'New value of campaign' }).fill("'receipts'");
  await page.keyboard.press('Enter');
  await expect(watch).toContainText("'receipts!'");
  await page.getByRole('tab', { name: 'Console' }).click();
  await page.getByRole('combobox', { name: 'Evaluate in the debugged script' }).fill('#campaign');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('log', { name: 'Console' })).toContainText('8');
});

test('an endless loop is paused and ended', async ({ page, workbench }) => {
  await open(page, workbench.url);
  await goToLine(page, 23);
  await page.keyboard.press('End');
  await page.keyboard.type("\nprint 'looping' while true do local x = 1 end");
  await page.keyboard.press('F5');
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(page.getByRole('log', { name: 'Console' })).toContainText('looping');

  // Out of reach of no tab.
  await toolbar(page).getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('tab', { name: 'Debugger' }).click();
  await standsAt(page, 'init.lua:24');
  for (const tab of ['Deliveries', 'Problems', 'Console', 'Coverage', 'Profile']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(toolbar(page).getByRole('button', { name: 'Over' })).toBeVisible();
  }
  await page.getByRole('tab', { name: 'Debugger' }).click();
  await page.keyboard.press('Shift+F5');

  await expect(callStack(page)).toBeHidden();
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing in the ${colorScheme} debugger`, async ({ page, workbench }) => {
    await page.emulateMedia({ colorScheme });
    await openTenantSample(page, workbench.url);
    const complaints = async (): Promise<unknown> => {
      const { violations } = await new AxeBuilder({ page })
        // Monaco dims the numbers of the lines around the cursor; nothing else is let off.
        .exclude('.monaco-editor .line-numbers')
        .analyze();
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    };
    await goToLine(page, 30);
    await page.keyboard.press('F9');
    await page.keyboard.press('F5');
    await standsAt(page, 'init.lua:30');
    await page.getByRole('textbox', { name: 'Expression to watch' }).fill('oops.oops');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Recording' }).click();
    expect(await complaints()).toEqual([]);

    await page.keyboard.press('F5');
    await expect(callStack(page)).toContainText('the run is over');
    await page.getByRole('tab', { name: 'Coverage' }).click();
    await expect(page.getByRole('row', { name: /init\.lua/ })).toBeVisible();
    expect(await complaints()).toEqual([]);

    await page.getByRole('tab', { name: 'Profile' }).click();
    await page.getByRole('button', { name: 'Read the newest run' }).click();
    await expect(page.getByRole('group', { name: 'Flame chart' })).toBeVisible();
    expect(await complaints()).toEqual([]);
  });
}
