import { prepare } from './prepare.mjs';
import { fail, handOver, inProject } from './project.mjs';

/**
 * Bundles a program of test/ and runs it with the command line's arguments, in place of this one.
 *
 * @param {string} source below the root
 * @param {string} outfile below dist/
 */
export async function runBundled(source, outfile) {
  try {
    await prepare({ halves: [] });
    const { build, stop } = await import('esbuild');
    const { nodeBundleOptions } = await import('./bundles.mjs');
    const bundle = inProject('dist', outfile);
    await build({
      ...nodeBundleOptions,
      absWorkingDir: inProject(),
      entryPoints: [source],
      outfile: bundle,
    });
    await stop();
    handOver([bundle, ...process.argv.slice(2)]);
  } catch (problem) {
    fail(problem);
  }
}
