import { basename, dirname, join } from 'node:path';

/**
 * The folder that the build fills, absolute: `main/`, `cli/`, `host/policy-worker.js`,
 * `host/reading-worker.js`, `host/language-worker.js`, `host/glue.wasm`, `samples/`, `renderer/`,
 * `browser-shell/bridge.js`. The same for the built program (its files lie in `dist/<name>/`) and for
 * sources that a test runs.
 */
export function distFolder(): string {
  const here = import.meta.dirname;
  return basename(dirname(here)) === 'dist' ? dirname(here) : join(dirname(here), 'dist');
}

/**
 * The same for `host/` and `samples/`, which a packaged application keeps beside its archive: worker
 * threads and recursive copies do not read archives.
 */
export function unpackedDistFolder(): string {
  return distFolder().replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}
