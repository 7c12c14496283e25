/** A workbench of its own for each test: data folder, port, process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';

export interface ServedWorkbench {
  /** Opens the workbench in one browser, once. */
  readonly url: string;
  /** Where it keeps settings and copies of samples. */
  readonly home: string;
}

const cli = path.resolve(import.meta.dirname, '../../dist/cli/cli.js');

/** `test` with a `workbench` that is served, shows its first sample, and ends with the test. */
export const test = base.extend<{ workbench: ServedWorkbench }>({
  // Playwright reads from this pattern that no other fixture is needed.
  workbench: async ({}, use) => {
    const home = await mkdtemp(path.join(tmpdir(), 'workbench-e2e-'));
    const child = spawn(process.execPath, [cli, 'serve', '--no-open'], {
      env: { ...process.env, KUMO_WORKBENCH_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      child.stdout.setEncoding('utf8');
      const [url] = (await Promise.race([
        once(child.stdout, 'data'),
        once(child, 'exit').then(([status]) => {
          throw new Error(`The workbench ended with status ${String(status)}.`);
        }),
      ])) as [string];
      await use({ url: url.trim(), home });
    } finally {
      if (child.exitCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      await rm(home, { recursive: true, force: true });
    }
  },
});

export { expect } from '@playwright/test';
