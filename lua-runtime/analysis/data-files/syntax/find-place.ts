/** What stands at an offset of a data file. */
import type { DataDocument, DataTable, DataValue, DataPath } from './data-tree.ts';

/** The innermost value around an offset: for tables and arrays, strictly between their brackets. */
export function valueAt(
  { values }: DataDocument,
  offset: number,
): { readonly value: DataValue; readonly path: DataPath } | undefined {
  return values.findLast(({ value: { kind, start, end } }) =>
    kind === 'table' || kind === 'array'
      ? start < offset && offset < end
      : start <= offset && offset <= end,
  );
}

/** The table that a field at this offset would belong to, when it is in no braces. */
export function tableAt({ sections, root }: DataDocument, offset: number): DataTable {
  return sections.findLast(({ start }) => start <= offset)?.table ?? root;
}
