/** The window while the host takes its time: nothing wrong is said, and nobody is pushed aside. */
import type { Page } from '@playwright/test';
import { expect, test } from './served-workbench.ts';

/** Holds back what the host says of texts that hold this, until the answer is called. */
async function holdTexts(
  page: Page,
  having: string,
): Promise<{ isHolding(): boolean; release(): void }> {
  const held: (() => void)[] = [];
  let isReleased = false;
  await page.routeWebSocket(/\/bridge$/, (connection) => {
    connection.connectToServer().onMessage((message) => {
      const pass = () => connection.send(message);
      if (!isReleased && message.toString().includes(having)) held.push(pass);
      else pass();
    });
  });
  return {
    isHolding: () => held.length > 0,
    release: () => {
      isReleased = true;
      for (const pass of held) pass();
    },
  };
}

test('nothing is said of files that are not open while the first one is still being read', async ({
  page,
  workbench,
}) => {
  const policy = await holdTexts(page, 'kumo.on(');
  await page.goto(workbench.url);
  await expect(page.getByRole('tree').getByText('init.lua')).toBeVisible();
  await expect.poll(() => policy.isHolding()).toBe(true);
  await expect(page.getByText('No file is open')).toBeHidden();

  policy.release();
  await expect(page.getByRole('tab', { name: 'init.lua' })).toBeVisible();
});

test('a file that was opened meanwhile stays in front when the policy has been read', async ({
  page,
  workbench,
}) => {
  const policy = await holdTexts(page, 'kumo.on(');
  await page.goto(workbench.url);
  await page.getByRole('treeitem', { name: 'sample.json' }).click();
  const sample = page.getByRole('tab', { name: 'sample.json' });
  await expect(sample).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => policy.isHolding()).toBe(true);

  policy.release();
  await expect(page.getByRole('tab', { name: 'init.lua' })).toBeVisible();
  await expect(sample).toHaveAttribute('aria-selected', 'true');
});
