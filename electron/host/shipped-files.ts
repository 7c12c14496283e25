/** Files that ship beside the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { unpackedDistFolder } from '../dist-folder.ts';

/** The folder with one folder a sample. */
export function samplesFolder(): string {
  return join(unpackedDistFolder(), 'samples');
}

/** The product's version. Sources and bundles alike lie two folders below package.json. */
export function productVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}
