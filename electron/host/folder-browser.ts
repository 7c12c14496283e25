/** What is in a folder of this machine, for an Open dialog that has no system dialog. */
import { readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type * as z from 'zod';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { folderListingSchema } from '../bridge/workspace.ts';
import { expandHome } from './workspace-path.ts';

export type FolderListing = z.output<typeof folderListingSchema>;

/** Folders and .lua files of `path` (empty: the home folder) by name, without hidden ones. */
export async function browseFolder(path: string): Promise<FolderListing> {
  const asked = path === '' ? homedir() : expandHome(path);
  try {
    const folder = await realpath(asked);
    const entries = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => !entry.name.startsWith('.'))
      .sort((a, b) => a.name.localeCompare(b.name));
    const parent = dirname(folder);
    return {
      path: folder,
      ...(parent === folder ? {} : { parent }),
      folders: entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
      policies: entries
        .filter((entry) => entry.isFile() && entry.name.endsWith('.lua'))
        .map((entry) => entry.name),
    };
  } catch {
    throw new BridgeError('not-found', `${asked} is not a folder that can be read.`);
  }
}
