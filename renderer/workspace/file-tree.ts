import type { WorkspaceFile } from '../../electron/bridge/contract.ts';

/** Folders with more files and folders than that are collapsed at first. */
const MOST_EXPANDED_ENTRIES = 300;
const byName = new Intl.Collator();

export interface TreeRow {
  readonly path: string;
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly depth: number;
  readonly open: boolean;
}

/**
 * The rows of the tree that are to be seen: folders before files, each by name, without the content
 * of collapsed folders.
 *
 * @param files every file and folder, paths relative to the root with `/`
 * @param toggled folders that are not as they are at first: expanded, or collapsed among many files
 */
export function visibleRows(
  files: readonly WorkspaceFile[],
  toggled: ReadonlySet<string>,
): TreeRow[] {
  const expandedAtFirst = files.length <= MOST_EXPANDED_ENTRIES;
  const children = new Map<string, WorkspaceFile[]>();
  for (const file of files) {
    const slash = file.path.lastIndexOf('/');
    const parent = slash < 0 ? '' : file.path.slice(0, slash);
    const siblings = children.get(parent);
    if (siblings) siblings.push(file);
    else children.set(parent, [file]);
  }

  const rows: TreeRow[] = [];
  const visit = (parent: string, depth: number): void => {
    const siblings = children.get(parent) ?? [];
    siblings.sort((a, b) =>
      a.kind === b.kind ? byName.compare(a.path, b.path) : a.kind === 'folder' ? -1 : 1,
    );
    for (const { path, kind } of siblings) {
      const open = kind === 'folder' && toggled.has(path) !== expandedAtFirst;
      rows.push({ path, name: path.slice(path.lastIndexOf('/') + 1), kind, depth, open });
      if (open) visit(path, depth + 1);
    }
  };
  visit('', 0);
  return rows;
}
