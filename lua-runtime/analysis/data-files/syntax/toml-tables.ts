/**
 * The tables that headers and dotted keys make, and which of them may be written on: TOML allows a table
 * to be defined once.
 */
import type { Span } from '../../syntax/syntax-tree.ts';
import type { DataArray, DataEntry, DataKey, DataPath, DataTable, DataValue } from './data-tree.ts';

/** `implied`: only named on the way to another; `defined`: has its header; `dotted`: made by a dotted key. */
type Origin = 'implied' | 'defined' | 'dotted';

export class TableConflict extends Error {
  readonly at: Span;
  constructor(at: Span, message: string) {
    super(message);
    this.at = at;
  }
}

export class TomlTables {
  readonly root: DataTable;
  readonly #origins = new Map<DataTable, Origin>();
  /** Arrays that `[[NAME]]` makes. */
  readonly #headerArrays = new Set<DataArray>();

  constructor(end: number) {
    const name = { start: 0, end: 0 };
    this.root = {
      kind: 'table',
      start: 0,
      end,
      path: [],
      entries: new Map(),
      name,
      notation: 'section',
    };
    this.#origins.set(this.root, 'defined');
  }

  /** The table of `[a.b.c]`. @throws TableConflict */
  define(keys: readonly DataKey[]): DataTable {
    const [parent, last] = this.#parentOf(keys);
    const known = parent.entries.get(last.text);
    if (known === undefined) return this.#add(parent, last, 'defined');
    const { value } = known;
    if (value.kind === 'table' && this.#origins.get(value) === 'implied') {
      this.#origins.set(value, 'defined');
      return value;
    }
    throw new TableConflict(last, defined(last, value));
  }

  /** A new table in the array of `[[a.b.c]]`. @throws TableConflict */
  append(keys: readonly DataKey[]): DataTable {
    const [parent, last] = this.#parentOf(keys);
    const known = parent.entries.get(last.text)?.value;
    let array: DataArray;
    if (known === undefined) {
      array = {
        kind: 'array',
        start: last.start,
        end: last.end,
        path: [...parent.path, last.text],
        items: [],
      };
      parent.entries.set(last.text, { key: last, value: array });
      this.#headerArrays.add(array);
    } else if (known.kind === 'array' && this.#headerArrays.has(known)) array = known;
    else throw new TableConflict(last, defined(last, known));
    const table = sectionOf([...array.path, array.items.length], last);
    array.items.push(table);
    this.#origins.set(table, 'defined');
    return table;
  }

  /** Sets the value of a key, which may be dotted, in a table. @throws TableConflict */
  set(table: DataTable, keys: readonly DataKey[], value: (path: DataPath) => DataValue): void {
    let parent = table;
    for (const key of keys.slice(0, -1)) {
      const known = parent.entries.get(key.text);
      if (known === undefined) parent = this.#add(parent, key, 'dotted');
      else if (known.value.kind === 'table' && this.#isOpen(known.value)) parent = known.value;
      else {
        value([...parent.path, key.text]);
        throw new TableConflict(key, defined(key, known.value));
      }
    }
    const last = keys.at(-1);
    if (last === undefined) return;
    const known: DataEntry | undefined = parent.entries.get(last.text);
    const read = value([...parent.path, last.text]);
    if (known !== undefined) throw new TableConflict(last, defined(last, known.value));
    parent.entries.set(last.text, { key: last, value: read });
  }

  #parentOf(keys: readonly DataKey[]): [DataTable, DataKey] {
    let parent = this.root;
    for (const key of keys.slice(0, -1)) {
      const known = parent.entries.get(key.text)?.value;
      const inside =
        known?.kind === 'array' && this.#headerArrays.has(known) ? known.items.at(-1) : known;
      if (inside === undefined) parent = this.#add(parent, key, 'implied');
      else if (inside.kind === 'table' && inside.notation === 'section') parent = inside;
      else throw new TableConflict(key, defined(key, inside));
    }
    const last = keys.at(-1);
    if (last === undefined) throw new Error('a header without a key');
    return [parent, last];
  }

  #add(parent: DataTable, key: DataKey, origin: Origin): DataTable {
    const table = sectionOf([...parent.path, key.text], key);
    parent.entries.set(key.text, { key, value: table });
    this.#origins.set(table, origin);
    return table;
  }

  /** Whether dotted keys may still add to it. */
  #isOpen(table: DataTable): boolean {
    const origin = this.#origins.get(table);
    return origin === 'dotted' || origin === 'implied';
  }
}

function sectionOf(path: DataPath, key: DataKey): DataTable {
  const { start, end } = key;
  return { kind: 'table', start, end, path, entries: new Map(), name: key, notation: 'section' };
}

function defined({ text }: DataKey, value: DataValue): string {
  const what = value.kind === 'table' ? 'table' : value.kind === 'array' ? 'array' : 'field';
  return `The ${what} \`${text}\` is defined above already, and TOML takes each once.`;
}
