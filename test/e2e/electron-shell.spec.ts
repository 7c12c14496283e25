import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { electronProgram } from '../../electron/desktop/electron-program.ts';

const program = electronProgram();
test.skip(program === undefined, 'Electron’s program is not installed.');

test('the Electron window shows the workbench, and the page holds nothing of Node’s', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'electron-shell-'));
  const electron = await _electron.launch({
    ...(program === undefined ? {} : { executablePath: program }),
    args: [
      path.resolve(import.meta.dirname, '../../dist/main/main.js'),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    env: { ...process.env, KUMO_WORKBENCH_HOME: home },
  });
  try {
    const window = await electron.firstWindow();
    await expect(window.locator('.monaco-editor').first()).toBeVisible();
    expect(window.url()).toBe('app://bundle/index.html');
    const globals = await window.evaluate(() => ({
      require: typeof Reflect.get(globalThis, 'require'),
      process: typeof Reflect.get(globalThis, 'process'),
      workbench: typeof Reflect.get(globalThis, 'workbench'),
    }));
    expect(globals).toEqual({ require: 'undefined', process: 'undefined', workbench: 'object' });
  } finally {
    await electron.close();
    await rm(home, { recursive: true, force: true });
  }
});
