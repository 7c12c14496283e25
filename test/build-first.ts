import { prepare } from '../electron/setup/prepare.mjs';

/**
 * Builds what runs beside the tests (policy workers, the command line) from the sources as they are.
 * Tests of sources that need no build still run when it fails: those that do will say so.
 */
export default async function buildFirst(): Promise<void> {
  try {
    await prepare({ halves: ['node'] });
  } catch (error) {
    console.error('The build failed, so the tests that run built files will fail too.', error);
  }
}
