/** The texts of a recording's files, and whether the files are still what was run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from '../../lua-runtime/recording/entries.ts';

/** By path; a recording keeps a file's bytes as latin1 text. */
export type RecordedTexts = Map<string, string>;

/** Passes entries on and keeps the texts of the files among them. */
export function* notingTexts(entries: Iterable<Entry>, texts: RecordedTexts): Generator<Entry> {
  for (const entry of entries) {
    noteText(entry, texts);
    yield entry;
  }
}

export function noteText(entry: Entry, texts: RecordedTexts): void {
  if (entry.kind === 'file') texts.set(entry.path, entry.text);
}

/** The paths of files that hold another text now, or are gone. */
export async function changedSince(
  root: string,
  texts: ReadonlyMap<string, string>,
): Promise<string[]> {
  const changed = await Promise.all(
    [...texts].map(async ([path, text]) => {
      const now = await readFile(join(root, path), 'latin1').catch(() => undefined);
      return now === text ? [] : [path];
    }),
  );
  return changed.flat();
}
