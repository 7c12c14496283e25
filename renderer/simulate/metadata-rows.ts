import type { MessageForm } from '../../electron/bridge/contract.ts';

type Metadata = MessageForm['meta'];
type JsonValue = Metadata[string];

/** One line of the metadata editor, as typed. */
export interface MetadataRow {
  readonly name: string;
  readonly value: string;
}

/** What a typed value means: JSON when it is JSON, else the text itself. */
export function readMetadataValue(typed: string): JsonValue {
  try {
    return JSON.parse(typed) as JsonValue;
  } catch {
    return typed;
  }
}

/** The type that a script will see, in Lua's words. */
export function metadataType(typed: string): 'string' | 'number' | 'boolean' | 'table' | 'nil' {
  const value = readMetadataValue(typed);
  if (value === null) return 'nil';
  if (typeof value === 'object') return 'table';
  return typeof value as 'string' | 'number' | 'boolean';
}

/** Rows without a name are not sent; of two with the same name the last counts. */
export function metadataOf(rows: readonly MetadataRow[]): Metadata {
  const named = rows.filter((row) => row.name.trim() !== '');
  return Object.fromEntries(named.map((row) => [row.name.trim(), readMetadataValue(row.value)]));
}

/** The rows that stand for metadata: `metadataOf(rowsOf(meta))` is `meta` again. */
export function rowsOf(meta: Metadata): MetadataRow[] {
  return Object.entries(meta).map(([name, value]) => ({
    name,
    value:
      typeof value === 'string' && readMetadataValue(value) === value
        ? value
        : JSON.stringify(value),
  }));
}
