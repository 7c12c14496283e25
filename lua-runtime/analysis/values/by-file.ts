/** Lists over a whole program, by the file that an entry stands in: checks look at one file at a time. */
import type { SourceFile } from './source-file.ts';

const known = new WeakMap<readonly object[], Map<SourceFile, readonly object[]>>();

/** The entries of a list in a file, in their order. The list is never changed. */
export function inFile<T extends { readonly file: SourceFile }>(
  list: readonly T[],
  file: SourceFile,
): readonly T[] {
  let groups = known.get(list) as Map<SourceFile, T[]> | undefined;
  if (groups === undefined) {
    groups = new Map<SourceFile, T[]>();
    for (const entry of list) {
      const group = groups.get(entry.file);
      if (group === undefined) groups.set(entry.file, [entry]);
      else group.push(entry);
    }
    known.set(list, groups);
  }
  return groups.get(file) ?? [];
}
