import { prepare } from './prepare.mjs';
import { fail, handOver, inProject } from './project.mjs';

/** Bundles the comparison of the catalogue with a KumoMTA checkout (test/catalogue). */
async function bundle() {
  const { build, stop } = await import('esbuild');
  const { nodeBundleOptions } = await import('./bundles.mjs');
  const outfile = inProject('dist/catalogue/compare-catalogue.js');
  await build({
    ...nodeBundleOptions,
    absWorkingDir: inProject(),
    entryPoints: ['test/catalogue/compare-catalogue.ts'],
    outfile,
  });
  await stop();
  return outfile;
}

try {
  await prepare({ halves: [] });
  handOver([await bundle(), ...process.argv.slice(2)]);
} catch (problem) {
  fail(problem);
}
