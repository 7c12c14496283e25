import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { ContextMenu } from '../../controls/ContextMenu.tsx';
import type { MenuItem } from '../../controls/MenuItems.tsx';
import { loadMore, setExpanded } from '../values/value-actions.ts';
import { visibleRows, type ValueNode, type ValueRow } from '../values/value-tree.ts';
import { useValues } from '../values/values-store.ts';
import { ValueRowView } from './ValueRowView.tsx';

export const valueRowHeight = 22;

/** Text of a row that a person may change, and what becomes of it. */
export interface RowEdit {
  readonly text: string;
  readonly label: string;
  commit(text: string): void;
}

interface ValueTreeProps {
  readonly name: string;
  readonly roots: readonly ValueNode[];
  /** Path under which the roots stand. */
  readonly rootPath: string;
  /** Whether and how a row can be edited; `parentRef` is the number of what holds it. */
  readonly editOf: (row: ValueRow, parentRef: number) => RowEdit | undefined;
  readonly menuOf: (row: ValueRow, parentRef: number) => readonly MenuItem[];
  readonly onDelete?: (row: ValueRow) => void;
}

interface OpenMenu {
  readonly row: ValueRow;
  readonly x: number;
  readonly y: number;
}

/**
 * Values as an ARIA tree: arrows move and open, F2 or a double click edits, the menu key has the
 * rest. Only the rows that are to be seen are on the page.
 */
export function ValueTree(props: ValueTreeProps) {
  const { name, roots, rootPath, editOf, menuOf, onDelete } = props;
  const children = useValues((state) => state.children);
  const expanded = useValues((state) => state.expanded);
  const selected = useValues((state) => state.selected[name]);
  const [editing, setEditing] = useState<string>();
  const [menu, setMenu] = useState<OpenMenu>();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => visibleRows(roots, children, expanded, rootPath),
    [roots, children, expanded, rootPath],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => valueRowHeight,
    overscan: 8,
  });
  const at = rows.findIndex((row) => row.path === selected);
  const idOf = (index: number): string => `values-${name}-${index}`;

  /** The node that holds a row, with its children here or not. */
  function parentOf(row: ValueRow): ValueRow | undefined {
    return rows.find((other) => other.path === row.parent);
  }
  const parentRefOf = (row: ValueRow): number => parentOf(row)?.node.ref ?? 0;

  function select(index: number): void {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    useValues.setState((state) => ({ selected: { ...state.selected, [name]: row.path } }));
    virtualizer.scrollToIndex(rows.indexOf(row));
  }
  function press(row: ValueRow): void {
    const parent = parentOf(row);
    if (row.more !== undefined && parent) void loadMore(parent.node, parent.path);
    else void setExpanded(row, !row.expanded);
  }
  function edit(row: ValueRow): void {
    if (editOf(row, parentRefOf(row))) setEditing(row.path);
  }
  function endEdit(): void {
    setEditing(undefined);
    scroller.current?.focus();
  }
  function openMenu(row: ValueRow, x: number, y: number): void {
    if (menuOf(row, parentRefOf(row)).length > 0) setMenu({ row, x, y });
  }
  function openMenuByKey(row: ValueRow): void {
    const { left = 0, top = 0 } = scroller.current?.getBoundingClientRect() ?? {};
    openMenu(row, left + 40, top + (at + 1) * valueRowHeight - (scroller.current?.scrollTop ?? 0));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== scroller.current) return;
    const row = rows[at];
    if (event.key === 'ArrowDown') select(at + 1);
    else if (event.key === 'ArrowUp') select(at - 1);
    else if (event.key === 'Home') select(0);
    else if (event.key === 'End') select(rows.length - 1);
    else if (!row) return;
    else if (event.key === 'ArrowRight') {
      if (row.expanded) select(at + 1);
      else void setExpanded(row, true);
    } else if (event.key === 'ArrowLeft') {
      if (row.expanded) void setExpanded(row, false);
      else select(rows.findIndex((other) => other.path === row.parent));
    } else if (event.key === 'Enter' || event.key === ' ') press(row);
    else if (event.key === 'F2') edit(row);
    else if (event.key === 'Delete' && onDelete) onDelete(row);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      openMenuByKey(row);
    } else if (event.key === 'c' && (event.ctrlKey || event.metaKey)) {
      menuOf(row, parentRefOf(row))
        .find(({ id }) => id === 'copy')
        ?.onChoose();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function onContextMenu(event: MouseEvent, row: ValueRow, index: number): void {
    event.preventDefault();
    select(index);
    openMenu(row, event.clientX, event.clientY);
  }

  return (
    <>
      <div
        ref={scroller}
        className="value-tree"
        role="tree"
        aria-label={name}
        tabIndex={0}
        aria-activedescendant={at < 0 ? undefined : idOf(at)}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (at < 0) select(0);
        }}
      >
        <div
          className="value-tree-height"
          role="presentation"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <ValueRowView
                  key={row.path}
                  id={idOf(index)}
                  row={row}
                  top={start}
                  selected={index === at}
                  edit={editing === row.path ? editOf(row, parentRefOf(row)) : undefined}
                  onEndEdit={endEdit}
                  onPress={() => {
                    select(index);
                    if (row.node.ref > 0 || row.more !== undefined) press(row);
                  }}
                  onEdit={() => edit(row)}
                  onContextMenu={(event) => onContextMenu(event, row, index)}
                />
              )
            );
          })}
        </div>
      </div>
      {menu && (
        <ContextMenu
          label={menu.row.node.name}
          x={menu.x}
          y={menu.y}
          items={menuOf(menu.row, parentRefOf(menu.row)).map((item) =>
            item.id === 'edit' ? { ...item, onChoose: () => edit(menu.row) } : item,
          )}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}
