import path from 'node:path';

/** The benchmarks run bundled, from dist/bench/. */
export const projectFolder = path.resolve(import.meta.dirname, '../..');
