import { prepare } from './prepare.mjs';
import { fail, handOver, inProject } from './project.mjs';

/** Bundles what runs the checks over a KumoMTA checkout (test/kumomta-corpus). */
async function bundle() {
  const { build, stop } = await import('esbuild');
  const { nodeBundleOptions } = await import('./bundles.mjs');
  const outfile = inProject('dist/kumomta-corpus/check-kumomta.js');
  await build({
    ...nodeBundleOptions,
    absWorkingDir: inProject(),
    entryPoints: ['test/kumomta-corpus/check-kumomta.ts'],
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
