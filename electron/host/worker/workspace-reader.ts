/** Reading a policy's files in the worker, where a read may block. */
import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { isInside } from '../workspace-path.ts';

/**
 * @param root absolute folder
 * @returns a reader by paths relative to the root with `/` separators. Undefined for what is not a
 *   readable file, and for what lies outside of the root, symbolic links followed.
 */
export function createWorkspaceReader(root: string): (path: string) => Uint8Array | undefined {
  const realRoot = realpathSync(root);
  return (path) => {
    if (path === '' || path.includes('\0')) return undefined;
    try {
      const real = realpathSync(resolve(realRoot, path));
      return isInside(realRoot, real) ? new Uint8Array(readFileSync(real)) : undefined;
    } catch {
      return undefined;
    }
  };
}
