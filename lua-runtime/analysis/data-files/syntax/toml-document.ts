/**
 * Reads TOML 1.1 (https://toml.io/en/v1.1.0). What cannot be read is told, and reading goes on in the next
 * line, because an editor shows texts that are being written.
 */
import type { Comment } from '../../syntax/syntax-tree.ts';
import type {
  DataDocument,
  DataKey,
  DataPath,
  DataTable,
  DataValue,
  KeyPlace,
} from './data-tree.ts';
import { bracedTable } from './data-tree.ts';
import { TextReader } from './text-reader.ts';
import { isNextLine, lineStartOf, looksLikeNextLine } from './toml-lines.ts';
import { readKey, readScalar } from './toml-scalars.ts';
import { TableConflict, TomlTables } from './toml-tables.ts';

/** The deepest nesting that is read; the reader of KumoMTA has a limit of the same kind. */
const MAX_DEPTH = 100;

export function readToml(text: string): DataDocument {
  return new TomlReader(text).document();
}

class TomlReader {
  readonly #reader: TextReader;
  readonly #tables: TomlTables;
  readonly #keys: KeyPlace[] = [];
  readonly #values: { value: DataValue; path: DataPath }[] = [];
  readonly #sections: { start: number; table: DataTable }[] = [];
  readonly #comments: Comment[] = [];
  #section: DataTable;

  constructor(text: string) {
    this.#reader = new TextReader(text);
    this.#tables = new TomlTables(text.length);
    this.#section = this.#tables.root;
    this.#sections.push({ start: 0, table: this.#section });
  }

  document(): DataDocument {
    const { text, problems } = this.#reader;
    this.#reader.take(/\uFEFF/y);
    while (!this.#reader.isAtEnd) this.#line();
    return {
      format: 'toml',
      text,
      root: this.#tables.root,
      keys: this.#keys,
      values: this.#values,
      sections: this.#sections,
      comments: this.#comments,
      overwritten: [],
      problems: problems.sort((a, b) => a.at.start - b.at.start),
    };
  }

  #line(): void {
    this.#blank();
    if (this.#reader.isAtEnd) return;
    if (this.#reader.text[this.#reader.at] === '[') this.#header();
    else this.#field(this.#section);
    this.#endOfLine();
  }

  #header(): void {
    const start = this.#reader.at;
    const isArray = this.#reader.takeText('[[');
    if (!isArray) this.#reader.takeText('[');
    const keys = this.#dottedKey();
    if (keys.length === 0) this.#mention([[]], [emptyKey(this.#reader.at)], 'header');
    const isClosed = this.#reader.takeText(isArray ? ']]' : ']');
    if (keys.length > 0) this.#mention(this.#pathOfHeader(keys), keys, 'header');
    if (!isClosed)
      this.#reader.problem(
        this.#reader.here(start),
        `The header is not closed with ${isArray ? ']]' : ']'}.`,
      );
    if (keys.length === 0) {
      if (isClosed) this.#reader.problem({ start, end: this.#reader.at }, 'A header needs a name.');
      return;
    }
    this.#attempt(
      () => {
        this.#section = isArray ? this.#tables.append(keys) : this.#tables.define(keys);
      },
      () => {
        // What follows belongs to a table that is not kept, so that it says nothing of another.
        const name = keys.at(-1) ?? { start, end: start };
        const path = keys.map(({ text }) => text);
        this.#section = {
          kind: 'table',
          start,
          end: start,
          path,
          entries: new Map(),
          name,
          notation: 'section',
        };
      },
    );
    this.#sections.push({ start: this.#reader.at, table: this.#section });
  }

  /** The tables above the last one of a header; arrays are entered at their newest. */
  #pathOfHeader(keys: readonly DataKey[]): DataPath[] {
    const paths: DataPath[] = [[]];
    let inside: DataValue | undefined = this.#tables.root;
    for (const { text } of keys) {
      inside = inside?.kind === 'table' ? inside.entries.get(text)?.value : undefined;
      let path: DataPath = [...(paths.at(-1) ?? []), text];
      if (inside?.kind === 'array' && inside.items.length > 0) {
        path = [...path, inside.items.length - 1];
        inside = inside.items.at(-1);
      }
      paths.push(path);
    }
    return paths;
  }

  /** `key = value` in a table. */
  #field(table: DataTable): void {
    const start = this.#reader.at;
    const keys = this.#dottedKey();
    if (keys.length === 0) {
      const bad = this.#reader.take(/[^\s=\]},#]+/y) ?? '';
      const at = { start, end: Math.max(this.#reader.at, start + 1) };
      if (bad === '') this.#reader.problem(at, 'A field begins with its name.');
      else this.#reader.problem(at, `\`${bad}\` cannot be a name without quotes.`);
      if (bad === '') this.#skipLine();
    } else {
      const paths = keys.map((_, i): DataPath => [
        ...table.path,
        ...keys.slice(0, i).map(({ text }) => text),
      ]);
      this.#mention(paths, keys, 'field');
    }
    this.#reader.take(/[ \t]+/y);
    const equals = this.#reader.at;
    if (!this.#reader.takeText('=')) {
      if (keys.length > 0) {
        this.#reader.problem({ start, end: this.#reader.at }, this.#withoutEquals(keys));
      }
      return;
    }
    this.#attempt(() => this.#tables.set(table, keys, (path) => this.#valueAfter(equals, path)));
  }

  #withoutEquals(keys: readonly DataKey[]): string {
    const name = keys.map(({ text }) => text).join('.');
    return this.#reader.text[this.#reader.at] === ':'
      ? `TOML writes \`${name} = VALUE\`, not with a colon.`
      : `\`${name}\` has no value: a field is written \`${name} = VALUE\`.`;
  }

  /** @param equals offset of the `=` */
  #valueAfter(equals: number, path: DataPath): DataValue {
    this.#reader.take(/[ \t]+/y);
    const rest = this.#reader.text[this.#reader.at];
    if (rest === undefined || rest === '\n' || rest === '\r' || rest === '#') {
      this.#reader.problem({ start: equals, end: equals + 1 }, 'A value is missing behind `=`.');
      return this.#note({ kind: 'unreadable', start: this.#reader.at, end: this.#reader.at }, path);
    }
    return this.#value(path);
  }

  #value(path: DataPath): DataValue {
    const next = this.#reader.text[this.#reader.at];
    if (next === '[') return this.#array(path);
    if (next === '{') return this.#braces(path);
    return this.#note(readScalar(this.#reader), path);
  }

  #array(path: DataPath): DataValue {
    const start = this.#reader.at;
    const items: DataValue[] = [];
    const array = { kind: 'array' as const, start, end: start, path, items };
    const at = this.#values.length;
    this.#reader.takeText('[');
    for (;;) {
      this.#blank();
      if (this.#closes(']', start, path)) break;
      if (isNextLine(this.#reader)) {
        this.#reader.problem({ start, end: start + 1 }, 'This `[` is not closed with `]`.');
        break;
      }
      const before = this.#reader.at;
      items.push(this.#value([...path, items.length]));
      // Told already; what cannot be in an array ends it, or is stepped over.
      if (this.#reader.at === before && !this.#nextIs(',')) {
        if (this.#nextIs('}')) break;
        this.#reader.at++;
      }
      this.#blank();
      if (!this.#reader.takeText(',') && !this.#nextIs(']') && !this.#reader.isAtEnd) {
        if (looksLikeNextLine(this.#reader)) {
          this.#reader.problem({ start, end: start + 1 }, 'This `[` is not closed with `]`.');
          break;
        }
        this.#reader.problem(this.#reader.here(start), 'A comma is missing between two values.');
      }
    }
    const read = { ...array, end: this.#reader.at };
    this.#values.splice(at, 0, { value: read, path });
    return read;
  }

  #braces(path: DataPath): DataValue {
    const start = this.#reader.at;
    const at = this.#values.length;
    const table = bracedTable(start, path);
    this.#reader.takeText('{');
    for (;;) {
      this.#blank();
      if (this.#closes('}', start, path)) break;
      const before = this.#reader.at;
      this.#field(table);
      this.#blank();
      if (this.#reader.takeText(',') || this.#nextIs('}') || this.#reader.isAtEnd) continue;
      if (this.#nextIs(']') || looksLikeNextLine(this.#reader) || this.#reader.at === before) {
        this.#reader.problem(table.name, 'This `{` is not closed with `}`.');
        break;
      }
      this.#reader.problem(this.#reader.here(start), 'A comma is missing between two fields.');
    }
    table.end = this.#reader.at;
    this.#values.splice(at, 0, { value: table, path });
    return table;
  }

  /** Whether an array or inline table ends here, or cannot go on. */
  #closes(bracket: ']' | '}', start: number, { length }: DataPath): boolean {
    if (this.#reader.takeText(bracket)) return true;
    const opening = { start, end: start + 1 };
    if (this.#reader.isAtEnd) {
      // What was not closed inside of it says it already.
      const isTold = this.#reader.problems.some(({ at }) => at.start > start);
      if (!isTold) this.#reader.problem(opening, `This bracket is not closed with \`${bracket}\`.`);
      return true;
    }
    if (length < MAX_DEPTH) return false;
    this.#reader.problem(opening, 'Values are nested too deeply here.');
    this.#reader.at = this.#reader.text.length;
    return true;
  }

  #nextIs(char: string): boolean {
    return this.#reader.text[this.#reader.at] === char;
  }

  #dottedKey(): DataKey[] {
    const keys: DataKey[] = [];
    let dot = this.#reader.at;
    for (;;) {
      this.#reader.take(/[ \t]+/y);
      const start = this.#reader.at;
      const key = readKey(this.#reader);
      if (key === undefined) {
        if (keys.length > 0) {
          this.#reader.problem({ start: dot, end: dot + 1 }, 'A name is missing behind the dot.');
          keys.push(emptyKey(start));
        }
        return keys;
      }
      keys.push(key);
      const before = this.#reader.at;
      this.#reader.take(/[ \t]+/y);
      dot = this.#reader.at;
      if (this.#reader.takeText('.')) continue;
      this.#reader.at = before;
      this.#reader.take(/[ \t]+(?=[\]=])/y);
      return keys;
    }
  }

  #mention(parents: readonly DataPath[], keys: readonly DataKey[], role: KeyPlace['role']): void {
    for (const [i, key] of keys.entries()) this.#keys.push({ key, parent: parents[i] ?? [], role });
  }

  #note(value: DataValue, path: DataPath): DataValue {
    this.#values.push({ value, path });
    return value;
  }

  #attempt(action: () => void, otherwise: () => void = () => undefined): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof TableConflict)) throw error;
      this.#reader.problem(error.at, error.message);
      otherwise();
    }
  }

  /** Spaces, line ends and comments. */
  #blank(): void {
    for (;;) {
      this.#reader.take(/[ \t\r\n]+/y);
      const start = this.#reader.at;
      const comment = this.#reader.take(/#[^\r\n]*/y);
      if (comment === undefined) return;
      this.#comments.push({ start, end: this.#reader.at, text: comment.slice(1) });
    }
  }

  /** Only a comment may follow on the line. */
  #endOfLine(): void {
    this.#reader.take(/[ \t]+/y);
    const { text, at } = this.#reader;
    const next = text[at];
    if (next === undefined || next === '\n' || next === '#' || text.startsWith('\r\n', at)) return;
    // A bracket that was not closed ends before the next line.
    if (text.slice(lineStartOf(text, at), at).trim() === '') return;
    const isTold = this.#reader.problems.some(({ at: told }) => told.end > lineStartOf(text, at));
    this.#skipLine();
    if (!isTold) {
      this.#reader.problem(
        { start: at, end: this.#reader.at },
        'Nothing but a comment may follow on this line.',
      );
    }
  }

  #skipLine(): void {
    this.#reader.take(/[^\n]*/y);
  }
}

/** Where a name has to be written. */
function emptyKey(at: number): DataKey {
  const span = { start: at, end: at };
  return { ...span, text: '', content: span };
}
