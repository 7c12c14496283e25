/** The tables of a data file, for its outline. */
import { LineMap } from '../line-map.ts';
import { SymbolKind, type DocumentSymbol } from '../lsp-types.ts';
import type { DataDocument } from './syntax/data-tree.ts';

export function dataOutline({
  format,
  text,
  root,
  sections,
  keys,
}: DataDocument): DocumentSymbol[] {
  const lines = new LineMap(text);
  if (format === 'json') {
    return [...root.entries.values()].map(({ key, value }) => ({
      name: key.text,
      kind: SymbolKind.field,
      range: lines.range({ start: key.start, end: Math.max(key.end, value.end) }),
      selectionRange: lines.range(key),
      children: [],
    }));
  }
  return sections.slice(1).map(({ table }, i) => {
    const next = sections[i + 2]?.table;
    const first = keys.find(
      ({ key }) => key.start <= table.name.start && isOnLine(text, key.start, table.name.start),
    );
    const start = first?.key.start ?? table.name.start;
    const nextLine = next === undefined ? text.length : text.lastIndexOf('\n', next.name.start);
    const name = table.path.filter((step) => typeof step === 'string').join(' › ');
    return {
      name: name === '' ? '…' : name,
      kind: SymbolKind.field,
      range: lines.range({ start, end: Math.max(table.name.end, nextLine) }),
      selectionRange: lines.range({ start, end: table.name.end }),
      children: [],
    };
  });
}

function isOnLine(text: string, from: number, to: number): boolean {
  return !text.slice(from, to).includes('\n');
}
