/**
 * A TOML or JSON file as it is written: every key and value with its place, also where parts of the text
 * cannot be read. Offsets are UTF-16 code units from the start of the text.
 */
import type { Comment, Span } from '../../syntax/syntax-tree.ts';

/** From the root to a value: names of fields, and numbers of array entries from 0. */
export type DataPath = readonly (string | number)[];

export interface DataKey extends Span {
  readonly text: string;
  /** Without its quotes. */
  readonly content: Span;
}

export type DataValue =
  | DataTable
  | DataArray
  | DataString
  | DataNumber
  | (Span & { readonly kind: 'boolean'; readonly value: boolean })
  | (Span & { readonly kind: 'datetime' })
  | (Span & { readonly kind: 'null' })
  /** What stands there is no value, or nothing does. */
  | (Span & { readonly kind: 'unreadable' });

export interface DataTable extends Span {
  readonly kind: 'table';
  readonly path: DataPath;
  readonly entries: Map<string, DataEntry>;
  /** Where something that it lacks is told: its name in a header, or its opening brace. */
  readonly name: Span;
  /** `sections` are the root and what headers and dotted keys make. */
  readonly notation: 'section' | 'braces';
}

/** One that is being read: its end is not known yet. */
export type OpenTable = DataTable & { end: number };

/** What stands between braces from `start` on, with nothing in it so far. */
export function bracedTable(start: number, path: DataPath): OpenTable {
  const name = { start, end: start + 1 };
  return { kind: 'table', start, end: start, path, entries: new Map(), name, notation: 'braces' };
}

export interface DataEntry {
  /** Where the name is first written. */
  readonly key: DataKey;
  value: DataValue;
}

export interface DataArray extends Span {
  readonly kind: 'array';
  readonly path: DataPath;
  readonly items: DataValue[];
}

export interface DataString extends Span {
  readonly kind: 'string';
  readonly value: string;
  /** Between the quotes. */
  readonly content: Span;
}

export interface DataNumber extends Span {
  readonly kind: 'integer' | 'float';
  readonly value: number;
}

/** Wherever a key is written: every part of `[queue.'a.b'.c]` and of `a.b = 1`. */
export interface KeyPlace {
  readonly key: DataKey;
  /** Of the table that it is a name in. */
  readonly parent: DataPath;
  readonly role: 'header' | 'field';
}

export interface DataDocument {
  readonly format: 'toml' | 'json';
  readonly text: string;
  readonly root: DataTable;
  readonly keys: readonly KeyPlace[];
  /** Every written value, outer before inner. */
  readonly values: readonly { readonly value: DataValue; readonly path: DataPath }[];
  /** From where on fields belong to which table; the root's is the first. */
  readonly sections: readonly { readonly start: number; readonly table: DataTable }[];
  readonly comments: readonly Comment[];
  /** Fields of JSON that are written again, so that they say nothing; TOML refuses that. */
  readonly overwritten: readonly { readonly key: DataKey; readonly by: DataKey }[];
  /** Why KumoMTA would not read the file, in the order of the text. */
  readonly problems: readonly DataProblem[];
}

export interface DataProblem {
  readonly at: Span;
  readonly message: string;
}
