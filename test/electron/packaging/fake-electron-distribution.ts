import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Precedes the fuses in Electron's program; then their version, their number and one digit each
 * (@electron/fuses, src/constants.ts).
 */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseVersion = 1;
const fuseCount = 9;

/** Makes what electron-builder takes for an unpacked Electron for Linux, all fuses off. */
export async function makeFakeElectron(folder: string, version: string): Promise<void> {
  for (const inner of ['locales', 'resources']) {
    await mkdir(path.join(folder, inner), { recursive: true });
  }
  const program = path.join(folder, 'electron');
  const fuses = Buffer.from([fuseVersion, fuseCount, ...Buffer.from('0'.repeat(fuseCount))]);
  await writeFile(program, Buffer.concat([Buffer.from(`#!/bin/sh\n${fuseSentinel}`), fuses]));
  await chmod(program, 0o755);
  await writeFile(path.join(folder, 'version'), version);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']) {
    await writeFile(path.join(folder, file), file);
  }
}
