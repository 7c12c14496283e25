/** Finds and runs Electron's own program from a checkout. Imports nothing of Electron's. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { distFolder } from '../dist-folder.ts';

const programs: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/**
 * Electron's program, absolute, or undefined where only its npm package is, or not even that. The
 * package itself must not be asked: loading it starts a download.
 */
export function electronProgram(): string | undefined {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? installedFolder();
  if (folder === undefined) return undefined;
  const program = join(folder, programs[process.platform] ?? 'electron');
  return existsSync(program) ? program : undefined;
}

function installedFolder(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('electron/package.json');
    return join(dirname(manifest), 'dist');
  } catch {
    return undefined;
  }
}

/**
 * Opens the window and resolves to Electron's exit status when it ends.
 *
 * @param program from `electronProgram`
 * @param args a folder or policy to open; may be empty
 */
export function runElectron(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, [join(distFolder(), 'main/main.js'), ...args], { stdio: 'inherit' });
  const passOn = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGINT', passOn);
  process.on('SIGTERM', passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      process.off('SIGINT', passOn);
      process.off('SIGTERM', passOn);
      resolve(status ?? 1);
    });
  });
}
