/** The window while the host takes its time: nothing wrong is said, and nobody is pushed aside. */
import type { Page } from '@playwright/test';
import { showOpenFolder } from './open-folder.ts';
import { openPolicy, publishingPolicy } from './publishing-policy.ts';
import { goToEnd, goToLine } from './policy-text.ts';
import { expect, test } from './served-workbench.ts';

/** Holds back what the host says that has this in it. */
async function holdBack(page: Page, having: string, isOn = true) {
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/bridge$/, (connection) => {
    connection.connectToServer().onMessage((message) => {
      const pass = () => connection.send(message);
      if (isOn && message.toString().includes(having)) held.push(pass);
      else pass();
    });
  });
  return {
    begin: () => {
      isOn = true;
    },
    /** Resolves when there is something that the window waits for. */
    holds: () => expect.poll(() => held.length).toBeGreaterThan(0),
    release: () => {
      isOn = false;
      for (const pass of held) pass();
    },
  };
}

test('nothing is said of files that are not open while the first one is still being read', async ({
  page,
  workbench,
}) => {
  const policy = await holdBack(page, 'kumo.on(');
  await page.goto(workbench.url);
  await expect(page.getByRole('tree').getByText('init.lua')).toBeVisible();
  await policy.holds();
  await expect(page.getByText('No file is open')).toBeHidden();

  policy.release();
  await expect(page.getByRole('tab', { name: 'init.lua' })).toBeVisible();
});

test('a file that was opened meanwhile stays in front when the policy has been read', async ({
  page,
  workbench,
}) => {
  const policy = await holdBack(page, 'kumo.on(');
  await page.goto(workbench.url);
  await page.getByRole('treeitem', { name: 'sample.json' }).click();
  const sample = page.getByRole('tab', { name: 'sample.json' });
  await expect(sample).toHaveAttribute('aria-selected', 'true');
  await policy.holds();

  policy.release();
  await expect(page.getByRole('tab', { name: 'init.lua' })).toBeVisible();
  await expect(sample).toHaveAttribute('aria-selected', 'true');
});

test('a tab that was chosen while the texts are saved stays, and the run begins', async ({
  page,
  workbench,
}) => {
  const saving = await holdBack(page, '"result":"written"');
  await openPolicy(page, workbench, publishingPolicy('make.amqp', 'logging'), 'make.amqp');
  await goToEnd(page);
  await page.keyboard.type('-- changed');
  await page.keyboard.press('F5');
  await saving.holds();
  await page.getByRole('tab', { name: 'Problems' }).click();

  saving.release();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Problems' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('an expression is evaluated that was watched before the values of the stop were there', async ({
  page,
  workbench,
}) => {
  const values = await holdBack(page, '"command":"variables"');
  await openPolicy(page, workbench, publishingPolicy('make.amqp', 'logging'), 'make.amqp');
  await goToLine(page, 10);
  await page.keyboard.press('F9');
  await page.keyboard.press('F5');
  await values.holds();
  await page.getByRole('textbox', { name: 'Expression to watch' }).fill("'it is ' .. 1 + 1");
  await page.keyboard.press('Enter');
  const watch = page.getByRole('tree', { name: 'Watch' });
  await expect(watch).toContainText("'it is 2'");

  values.release();
  await expect(page.getByRole('tree', { name: 'Variables' })).toContainText('message');
  await expect(watch).toContainText("'it is 2'");
});

test('Ctrl and an arrow go to the next mark of a run whose marks were long in coming', async ({
  page,
  workbench,
}) => {
  const marks = await holdBack(page, '"command":"kumo/marks"');
  await openPolicy(page, workbench, publishingPolicy('make.amqp', 'logging'), 'make.amqp');
  await page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();
  await page.getByRole('grid', { name: 'Deliveries' }).getByRole('row').nth(1).click();
  await page.getByRole('button', { name: 'Debug this run' }).click();
  const slider = page
    .getByRole('toolbar', { name: 'Debugger' })
    .getByRole('slider', { name: 'Position in the run' });
  await marks.holds();
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /^line 1 of/);
  await page.keyboard.press('Control+ArrowRight');

  marks.release();
  await expect(slider).not.toHaveAttribute('aria-valuetext', /^line 1 of/);
  expect(await slider.getAttribute('aria-valuetext')).not.toMatch(/^line (\d+) of \1\b/);
});

test('the recording of before is not taken for one that is long in coming', async ({
  page,
  workbench,
}) => {
  const recordings = await holdBack(page, '"kind":"file"', false);
  await openPolicy(page, workbench, publishingPolicy('make.amqp', 'logging'), 'make.amqp');
  const deliver = page.getByRole('banner').getByRole('button', { name: 'Deliver' });
  const rows = page.getByRole('grid', { name: 'Deliveries' }).getByRole('row');
  await deliver.click();
  await expect(rows).toHaveCount(2);
  await deliver.click();
  await expect(rows).toHaveCount(3);
  await rows.nth(2).click();
  const save = page.getByRole('button', { name: 'Save as scenario' });
  await expect(save).toBeVisible();

  recordings.begin();
  await rows.nth(1).click();
  await recordings.holds();
  await expect(page.getByText('Reading the recording')).toBeVisible();
  await expect(save).toBeHidden();

  recordings.release();
  await expect(save).toBeVisible();
});

test('a button of a dialog stays under the mouse when a list in it arrives', async ({
  page,
  workbench,
}) => {
  await page.goto(workbench.url);
  const dialog = await showOpenFolder(page);
  await expect(dialog.getByRole('button', { name: 'init.lua' })).toBeVisible();
  const open = dialog.getByRole('button', { name: 'Open', exact: true });
  const before = await open.boundingBox();
  const height = (await dialog.boundingBox())?.height;
  await dialog.getByRole('textbox', { name: 'Folder or .lua file' }).fill('/usr');
  await expect(dialog.getByRole('button', { name: 'bin', exact: true })).toBeVisible();

  expect((await dialog.boundingBox())?.height).not.toBe(height);
  expect(await open.boundingBox()).toEqual(before);
});
