import { isBuildStale } from './build-stamp.mjs';
import { ensureInstalled } from './install.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { withSetupLock } from './setup-lock.mjs';

/**
 * Everything between a fresh clone and a program that runs: Node's version, packages, build. Does
 * nothing, quickly, when all is there.
 *
 * @param {{ halves: import('./build-stamp.mjs').Half[] }} options which halves must be built
 */
export async function prepare({ halves }) {
  checkNodeVersion();
  await withSetupLock(async () => {
    await ensureInstalled();
    const stale = halves.filter(isBuildStale);
    if (stale.length === 0) return;
    const { build } = await import('./bundles.mjs');
    await build(stale);
  });
}
