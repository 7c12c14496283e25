/** Files that ship beside the code: where they are in a checkout and in a built application. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { unpackedDistFolder } from '../dist-folder.ts';

/** The folder with one folder a sample: `dist/samples` beside a bundle, else in the sources. */
export function samplesFolder(): string {
  const built = join(unpackedDistFolder(), 'samples');
  if (existsSync(built)) return built;
  return fileURLToPath(new URL('../../lua-runtime/samples', import.meta.url));
}

/** The product's version. Sources and bundles alike lie two folders below package.json. */
export function productVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}
