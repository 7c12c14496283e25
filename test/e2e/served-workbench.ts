/** A workbench of its own for each test: data folder, port, process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type Page } from '@playwright/test';

export interface ServedWorkbench {
  /** Opens the workbench in one browser, once. */
  readonly url: string;
  /** Where it keeps settings and copies of samples. */
  readonly home: string;
  /** Ends the host as a crash would. */
  kill(): Promise<void>;
  /** Starts a host again, with the same data folder, and answers its address. */
  start(): Promise<string>;
  /** What the host has kept of texts that were not saved. */
  unsavedTexts(): Promise<string[]>;
}

const cli = path.resolve(import.meta.dirname, '../../dist/cli/cli.js');

async function serve(home: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [cli, 'serve', '--no-open'], {
    env: { ...process.env, KUMO_WORKBENCH_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8');
  const [url] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([status]) => {
      throw new Error(`The workbench ended with status ${String(status)}.`);
    }),
  ])) as [string];
  return { child, url: url.trim() };
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

async function unsavedTexts(home: string): Promise<string[]> {
  const folder = path.join(home, 'unsaved');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json'));
  return Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
}

/**
 * Holds back whatever the host says, for each test: what only works when an answer is there at once
 * fails then, in the window or in its test.
 */
const bridgeDelayMs = Number(process.env['BRIDGE_DELAY_MS'] ?? 0);

async function delayHost(page: Page): Promise<void> {
  await page.routeWebSocket(/\/bridge$/, (connection) => {
    connection.connectToServer().onMessage((message) => {
      setTimeout(() => connection.send(message), bridgeDelayMs);
    });
  });
}

/** `test` with a `workbench` that is served, shows its first sample, and ends with the test. */
export const test = base.extend<{ workbench: ServedWorkbench }>({
  page: async ({ page }, use) => {
    if (bridgeDelayMs > 0) await delayHost(page);
    await use(page);
  },
  // Playwright reads from this pattern that no other fixture is needed.
  workbench: async ({}, use) => {
    const home = await mkdtemp(path.join(tmpdir(), 'workbench-e2e-'));
    const children: ChildProcess[] = [];
    const start = async (): Promise<string> => {
      const { child, url } = await serve(home);
      children.push(child);
      return url;
    };
    try {
      await use({
        url: await start(),
        home,
        start,
        kill: async () => {
          for (const child of children) await end(child, 'SIGKILL');
        },
        unsavedTexts: () => unsavedTexts(home),
      });
    } finally {
      for (const child of children) await end(child, 'SIGTERM');
      await rm(home, { recursive: true, force: true });
    }
  },
});

export { expect } from '@playwright/test';
