import type { WorkspaceFile } from '../../electron/bridge/contract.ts';

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
 */
export function visibleRows(
  files: readonly WorkspaceFile[],
  collapsed: ReadonlySet<string>,
): TreeRow[] {
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
      a.kind === b.kind ? a.path.localeCompare(b.path) : a.kind === 'folder' ? -1 : 1,
    );
    for (const { path, kind } of siblings) {
      const open = kind === 'folder' && !collapsed.has(path);
      rows.push({ path, name: path.slice(path.lastIndexOf('/') + 1), kind, depth, open });
      if (open) visit(path, depth + 1);
    }
  };
  visit('', 0);
  return rows;
}
