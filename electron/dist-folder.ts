import { basename, dirname, join } from 'node:path';

/**
 * The folder that the build fills, absolute: `main/`, `cli/`, `host/policy-worker.js`,
 * `host/glue.wasm`, `samples/`, `renderer/`, `browser-shell/bridge.js`. The same for the built
 * program (its files lie in `dist/<name>/`) and for sources that a test runs.
 */
export function distFolder(): string {
  const here = import.meta.dirname;
  return basename(dirname(here)) === 'dist' ? dirname(here) : join(dirname(here), 'dist');
}
