import fs from 'node:fs';
import { prepare } from './prepare.mjs';
import { fail, inProject, run, say } from './project.mjs';
import { ensureSystemPrograms } from './system-programs.mjs';

const folder = 'test/bench';
const wanted = process.argv.slice(2);

/** Bundled into dist/ like the product, so that they find the build's files as it does. */
async function bundle(name) {
  const { build } = await import('esbuild');
  const { nodeBundleOptions } = await import('./bundles.mjs');
  const outfile = inProject('dist/bench', `${name}.js`);
  await build({
    ...nodeBundleOptions,
    entryPoints: [inProject(folder, `${name}.bench.ts`)],
    outfile,
    packages: 'external',
  });
  return outfile;
}

try {
  await prepare({ halves: ['node', 'renderer'] });
  await ensureSystemPrograms();
  const names = fs
    .readdirSync(inProject(folder))
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.slice(0, -'.bench.ts'.length))
    .filter((name) => wanted.length === 0 || wanted.includes(name));
  for (const name of names) {
    say(`\n${name}`);
    const status = await run(process.execPath, [await bundle(name)]);
    if (status !== 0) process.exitCode = 1;
  }
} catch (problem) {
  fail(problem);
}
