/** An opened folder: its files, and reading and writing them without losing anybody's change. */
import { createHash } from 'node:crypto';
import {
  chmod,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { TextFile, WorkspaceFile } from '../bridge/workspace.ts';
import { expandHome, isMissing, relativePath, resolveInside } from './workspace-path.ts';

/** A tree with more entries is cut: nobody reads it, and listing it would take seconds. */
export const LISTED_ENTRIES = 5_000;
const READABLE_BYTES = 5 * 1024 * 1024;
export const POLICY_FILE = 'init.lua';

export interface OpenedPath {
  /** The real path of the folder. */
  readonly root: string;
  /** Relative to `root`, when a file was opened. */
  readonly policyFile?: string;
}

/** Finds out what a person means by a folder or a .lua file, absolute or `~`-relative. */
export async function openPath(path: string): Promise<OpenedPath> {
  const absolute = expandHome(path);
  let real: string;
  try {
    real = await realpath(absolute);
  } catch {
    throw new BridgeError('not-found', `There is nothing at ${absolute}; check the path.`);
  }
  const found = await stat(real);
  if (found.isDirectory()) return { root: real };
  if (!real.endsWith('.lua')) {
    throw new BridgeError('invalid-input', `${absolute} is neither a folder nor a .lua file.`);
  }
  return { root: dirname(real), policyFile: basename(real) };
}

/** `init.lua` at the top, else the first .lua file of the tree, else empty. */
export function defaultPolicyFile(files: readonly WorkspaceFile[]): string {
  const scripts = files.filter((file) => file.kind === 'file' && file.path.endsWith('.lua'));
  return (scripts.find((file) => file.path === POLICY_FILE) ?? scripts[0])?.path ?? '';
}

/** Breadth first and by name, without hidden names, node_modules and links that lead elsewhere. */
export async function listFiles(root: string): Promise<WorkspaceFile[]> {
  const files: WorkspaceFile[] = [];
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const entries = (await readdir(folder, { withFileTypes: true }).catch(() => []))
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, LISTED_ENTRIES - files.length);
    const listed = await Promise.all(
      entries.map(async (entry): Promise<WorkspaceFile | undefined> => {
        const path = relativePath(root, join(folder, entry.name));
        if (entry.isDirectory()) return { path, kind: 'folder', size: 0 };
        const size = await fileSize(root, path, entry.isSymbolicLink());
        return size === undefined ? undefined : { path, kind: 'file', size };
      }),
    );
    for (const file of listed) {
      if (file === undefined) continue;
      files.push(file);
      if (file.kind === 'folder') folders.push(join(root, file.path));
    }
  }
  return files;
}

/** Bytes of a file, or of the one a link inside the folder leads to; undefined for anything else. */
async function fileSize(root: string, path: string, isLink: boolean): Promise<number | undefined> {
  try {
    const found = await stat(isLink ? await resolveInside(root, path) : join(root, path));
    return found.isFile() ? found.size : undefined;
  } catch {
    // A link out of the folder or to nothing, or a file that went away meanwhile.
    return undefined;
  }
}

/** Throws `not-found`, `refused` (outside, too big, not text). */
export async function readText(root: string, path: string): Promise<TextFile> {
  const file = await readInWorkspace(root, path);
  if (!file) throw new BridgeError('not-found', `${path} does not exist any more.`);
  return file;
}

export type WriteResult =
  | { readonly result: 'written'; readonly file: TextFile }
  | { readonly result: 'conflict'; readonly file: TextFile };

/**
 * Writes when the file still has `version`; without `version` only when it does not exist yet. A
 * file that was deleted meanwhile is written again: nothing can be lost by that.
 */
export async function writeText(
  root: string,
  path: string,
  text: string,
  version: string | undefined,
): Promise<WriteResult> {
  const there = await readInWorkspace(root, path);
  if (there && there.version !== version) return { result: 'conflict', file: there };
  const target = await resolveInside(root, path);
  await mkdir(dirname(target), { recursive: true });
  const bytes = Buffer.from(text, 'utf8');
  // Written beside and renamed, so that kumod or the watcher never reads half a policy.
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
  await writeFile(beside, bytes);
  if (there) await chmod(beside, (await stat(target)).mode);
  await rename(beside, target);
  return { result: 'written', file: { path, text, version: versionOf(bytes) } };
}

/** The version of a file as it is now on disk, or undefined when it is not there. */
export async function currentVersion(root: string, path: string): Promise<string | undefined> {
  try {
    return versionOf(await readFile(await resolveInside(root, path)));
  } catch {
    return undefined;
  }
}

/** Undefined when it is not there. Throws `refused` (outside, too big, not text). */
export async function readInWorkspace(root: string, path: string): Promise<TextFile | undefined> {
  const real = await resolveInside(root, path);
  try {
    const found = await stat(real);
    if (!found.isFile()) throw new BridgeError('refused', `${path} is not a file.`);
    if (found.size > READABLE_BYTES) {
      throw new BridgeError(
        'refused',
        `${path} is larger than 5 MiB, which the editor does not open.`,
      );
    }
    const bytes = await readFile(real);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path, text, version: versionOf(bytes) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof TypeError) {
      throw new BridgeError('refused', `${path} is not UTF-8 text, which is all the editor opens.`);
    }
    throw error;
  }
}

function versionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
