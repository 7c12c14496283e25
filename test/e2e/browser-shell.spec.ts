import type { Page, WebSocketRoute } from '@playwright/test';
import type { WorkbenchBridge } from '../../electron/bridge/contract.ts';
import { expect, test } from './served-workbench.ts';

declare global {
  interface Window {
    readonly workbench: WorkbenchBridge;
  }
}

/** Asks the host over the page's own bridge. */
function domainOf(page: Page, queue: string): Promise<string> {
  return page.evaluate(
    async (asked) => (await window.workbench.call('queueName.parse', { queue: asked })).domain,
    queue,
  );
}

test('the page loads under its policy, asks the host, and is loaded again by its cookie', async ({
  page,
  workbench,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(workbench.url);
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  expect(page.url()).not.toContain('token');
  expect(await domainOf(page, 'tenant@example.com')).toBe('example.com');

  await page.reload();
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  expect(await domainOf(page, 'tenant@example.com')).toBe('example.com');
  expect(complaints).toEqual([]);
});

test('the link that was used opens nothing in another browser', async ({
  browser,
  page,
  workbench,
}) => {
  await page.goto(workbench.url);
  const other = await browser.newPage();
  const answer = await other.goto(workbench.url);
  expect(answer?.status()).toBe(403);
  await expect(other.getByRole('heading')).toContainText('used already');
  await other.close();
});

test('a second page of the same browser works beside the first', async ({ page, workbench }) => {
  await page.goto(workbench.url);
  const second = await page.context().newPage();
  await second.goto(new URL('/', workbench.url).href);
  expect(await domainOf(second, 'a@b.example')).toBe('b.example');
  expect(await domainOf(page, 'a@b.example')).toBe('b.example');
});

test('a lost connection comes back by itself, and the page hears of it', async ({
  page,
  workbench,
}) => {
  const connections: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/bridge$/, (connection) => {
    connections.push(connection);
    connection.connectToServer();
  });
  await page.goto(workbench.url);
  expect(await domainOf(page, 'a@b.example')).toBe('b.example');
  // The listener is in place before the connection is cut; what it hears is asked for after.
  const heard = await page.evaluateHandle(() => {
    const states: boolean[] = [];
    window.workbench.onConnection((connected) => states.push(connected));
    return states;
  });
  await connections[0]?.close();
  await expect.poll(() => heard.jsonValue()).toEqual([false, true]);
  expect(connections).toHaveLength(2);
  expect(await domainOf(page, 'a@b.example')).toBe('b.example');
});
