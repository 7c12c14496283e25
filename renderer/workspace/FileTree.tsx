import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight, FileCode2, FileText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useDocuments } from '../editor/documents-store.ts';
import { openDocument } from '../editor/open-document.ts';
import { useProblems } from '../problems/problems-store.ts';
import { visibleRows, type TreeRow } from './file-tree.ts';
import { useWorkspace } from './workspace-store.ts';

const ROW_HEIGHT = 24;

function RowMark({ path }: { readonly path: string }) {
  const errors = useProblems(({ syntax, findings }) =>
    [...(syntax[path] ?? []), ...(findings[path] ?? [])].reduce(
      (count, { severity }) => (severity === 1 ? count + 1 : count),
      0,
    ),
  );
  const dirty = useDocuments((state) => state.documents.some((d) => d.path === path && d.dirty));
  const isPolicy = useWorkspace((state) => state.workspace?.policyFile === path);
  return (
    <span className="tree-mark">
      {isPolicy && <span className="faint">policy</span>}
      {dirty && <span className="tone-warn">unsaved</span>}
      {errors > 0 && (
        <span className="tone-fail" title="Errors">
          {errors} <span className="only-read-aloud">{errors === 1 ? 'error' : 'errors'}</span>
        </span>
      )}
    </span>
  );
}

/** The workspace's files: a tree by the ARIA pattern, arrows move, Enter opens. */
export function FileTree() {
  const files = useWorkspace((state) => state.workspace?.files);
  const active = useDocuments((state) => state.active);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string>();
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => visibleRows(files ?? [], toggled), [files, toggled]);
  const stop = rows.some((row) => row.path === focused)
    ? focused
    : rows.some((row) => row.path === active)
      ? active
      : rows[0]?.path;
  const stopIndex = rows.findIndex((row) => row.path === stop);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => tree.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.path ?? index,
    overscan: 10,
    // The row that Tab comes to is on the page wherever it is scrolled.
    rangeExtractor: (range) => [
      ...new Set([...(stopIndex < 0 ? [] : [stopIndex]), ...defaultRangeExtractor(range)]),
    ],
  });
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [stop]);

  function toggle(path: string): void {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  }
  function choose(row: TreeRow): void {
    setFocused(row.path);
    if (row.kind === 'folder') toggle(row.path);
    else void openDocument(row.path);
  }
  function focus(row: TreeRow | undefined): void {
    if (!row) return;
    virtualizer.scrollToIndex(rows.indexOf(row));
    wantsFocus.current = row.path !== stop;
    setFocused(row.path);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const at = rows.findIndex((row) => row.path === stop);
    const row = rows[at];
    if (!row) return;
    if (event.key === 'ArrowDown') focus(rows[at + 1]);
    else if (event.key === 'ArrowUp') focus(rows[at - 1]);
    else if (event.key === 'Home') focus(rows[0]);
    else if (event.key === 'End') focus(rows.at(-1));
    else if (event.key === 'Enter' || event.key === ' ') choose(row);
    else if (event.key === 'ArrowRight' && row.kind === 'folder') {
      if (row.open) focus(rows[at + 1]);
      else toggle(row.path);
    } else if (event.key === 'ArrowLeft') {
      if (row.open) toggle(row.path);
      else
        focus(
          rows.find(
            (other) => row.path.startsWith(`${other.path}/`) && other.depth === row.depth - 1,
          ),
        );
    } else return;
    event.preventDefault();
  }

  return (
    <div className="tree" role="tree" aria-label="Files" ref={tree} onKeyDown={onKeyDown}>
      <div
        className="tree-height"
        role="presentation"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <div
                key={row.path}
                role="treeitem"
                aria-level={row.depth + 1}
                aria-selected={row.path === active}
                aria-expanded={row.kind === 'folder' ? row.open : undefined}
                tabIndex={row.path === stop ? 0 : -1}
                className="tree-row"
                style={{ top: start, paddingLeft: 8 + row.depth * 14 }}
                title={row.path}
                onClick={() => choose(row)}
              >
                {row.kind === 'folder' ? (
                  row.open ? (
                    <ChevronDown size={13} aria-hidden />
                  ) : (
                    <ChevronRight size={13} aria-hidden />
                  )
                ) : row.name.endsWith('.lua') ? (
                  <FileCode2 size={13} aria-hidden />
                ) : (
                  <FileText size={13} aria-hidden />
                )}
                <span className="clip">{row.name}</span>
                {row.kind === 'file' && <RowMark path={row.path} />}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
