import fs from 'node:fs';
import path from 'node:path';
import { inProject } from './project.mjs';

/**
 * Electron's program, or undefined where only its npm package is. The package itself must not be
 * asked: loading it starts a download.
 */
export function electronBinary() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? inProject('node_modules/electron/dist');
  const program = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const file = path.join(folder, program[process.platform] ?? 'electron');
  return fs.existsSync(file) ? file : undefined;
}
