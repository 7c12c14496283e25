import { expect, test } from './served-workbench.ts';

test('nothing is said of files that are not open while the first one is still being read', async ({
  page,
  workbench,
}) => {
  const held: (() => void)[] = [];
  let isHolding = true;
  await page.routeWebSocket(/\/bridge$/, (connection) => {
    const server = connection.connectToServer();
    server.onMessage((message) => {
      const pass = () => connection.send(message);
      // The policy's text is what takes long to come.
      if (isHolding && message.toString().includes('kumo.on(')) held.push(pass);
      else pass();
    });
  });
  await page.goto(workbench.url);
  await expect(page.getByRole('tree').getByText('init.lua')).toBeVisible();
  await expect.poll(() => held.length).toBeGreaterThan(0);
  await expect(page.getByText('No file is open')).toBeHidden();

  isHolding = false;
  for (const pass of held) pass();
  await expect(page.getByRole('tab', { name: /init\.lua/ })).toBeVisible();
});
