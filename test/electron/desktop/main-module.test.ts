import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import * as electron from './electron-fake.ts';

vi.mock('electron', () => import('./electron-fake.ts'));

const dataFolder = mkdtempSync(path.join(tmpdir(), 'main-module-'));
afterAll(() => {
  rmSync(dataFolder, { recursive: true });
});

test('the main module is evaluated to its end before Electron is ready', async () => {
  // Electron becomes ready only then: a top-level await on it would hang the real one for good.
  vi.stubEnv('KUMO_WORKBENCH_HOME', dataFolder);
  await import('../../../electron/main.ts');
  expect(electron.schemes).toHaveLength(1);
  expect(electron.windows).toEqual([]);
});
