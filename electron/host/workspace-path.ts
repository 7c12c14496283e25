/** The wall around a workspace: which file a relative path means, and that it lies inside. */
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { BridgeError } from '../bridge/bridge-error.ts';

/** `~` and `~/…` mean the home folder; anything else must be absolute. */
export function expandHome(path: string): string {
  if (path === '~') return homedir();
  if (path.startsWith('~/')) return join(homedir(), path.slice(2));
  if (isAbsolute(path)) return resolve(path);
  throw new BridgeError(
    'invalid-input',
    `${path} is not absolute: give the whole path, or one that starts with ~/.`,
  );
}

/**
 * The absolute path of `path` (relative, `/` separators) in the folder `root` (a real path).
 * Symlinks are resolved, also those of folders above a file that does not exist yet. Throws
 * `refused` when the place is outside the folder.
 */
export async function resolveInside(root: string, path: string): Promise<string> {
  const plain = resolve(root, path);
  if (path === '' || path.includes('\0') || isAbsolute(path) || !isInside(root, plain)) {
    throw outside(path);
  }
  const real = await realPathOfNearest(plain);
  if (!isInside(root, real)) throw outside(path);
  return real;
}

export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The path as the bridge writes it. */
export function relativePath(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

async function realPathOfNearest(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    const parent = dirname(path);
    if (parent === path) return path;
    return join(await realPathOfNearest(parent), path.slice(parent.length));
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function outside(path: string): BridgeError {
  return new BridgeError('refused', `${JSON.stringify(path)} is not inside the opened folder.`);
}
