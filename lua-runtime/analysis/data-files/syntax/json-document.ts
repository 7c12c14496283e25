/**
 * Reads JSON (RFC 8259) with the comments that KumoMTA strips before it reads a data file: `//`, `#` and
 * C's (json_comments 0.2). What cannot be read is told, and reading goes on.
 */
import type { Comment, Span } from '../../syntax/syntax-tree.ts';
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

/** serde_json's own limit. */
const MAX_DEPTH = 128;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const WORD = /[^\s,:[\]{}"]+/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

export function readJson(text: string): DataDocument {
  return new JsonReader(text).document();
}

class JsonReader {
  readonly #reader: TextReader;
  readonly #keys: KeyPlace[] = [];
  readonly #values: { value: DataValue; path: DataPath }[] = [];
  readonly #comments: Comment[] = [];
  readonly #overwritten: { key: DataKey; by: DataKey }[] = [];

  constructor(text: string) {
    this.#reader = new TextReader(text);
  }

  document(): DataDocument {
    const { text, problems } = this.#reader;
    this.#blank();
    const value = this.#value([]);
    this.#blank();
    if (!this.#reader.isAtEnd) {
      this.#problem(
        { start: this.#reader.at, end: text.length },
        'Nothing may follow the value of a JSON file.',
      );
    }
    const root = value.kind === 'table' ? value : emptyTable(text.length);
    if (value.kind !== 'table' && value.kind !== 'unreadable') {
      this.#problem(value, 'A data file is an object: `{ … }`.');
    }
    return {
      format: 'json',
      text,
      root,
      keys: this.#keys,
      values: this.#values,
      sections: [{ start: 0, table: root }],
      comments: this.#comments,
      overwritten: this.#overwritten,
      problems: problems.sort((a, b) => a.at.start - b.at.start),
    };
  }

  #value(path: DataPath): DataValue {
    const start = this.#reader.at;
    const next = this.#reader.text[start];
    if (next === '{') return this.#object(path);
    if (next === '[') return this.#array(path);
    if (next === '"') {
      const { value, content } = this.#text();
      return this.#note({ kind: 'string', start, end: this.#reader.at, value, content }, path);
    }
    const number = this.#reader.take(NUMBER);
    if (number !== undefined) {
      const kind = /[.eE]/.test(number) ? 'float' : 'integer';
      return this.#note({ kind, start, end: this.#reader.at, value: Number(number) }, path);
    }
    const word = this.#reader.take(WORD) ?? '';
    const span = { start, end: this.#reader.at };
    if (word === 'true' || word === 'false') {
      return this.#note({ ...span, kind: 'boolean', value: word === 'true' }, path);
    }
    if (word === 'null') return this.#note({ ...span, kind: 'null' }, path);
    this.#problem(
      word === '' ? this.#reader.here(start) : span,
      word === ''
        ? 'A value is missing here.'
        : `\`${word}\` is no value in JSON: a text stands in double quotes.`,
    );
    return this.#note({ ...span, kind: 'unreadable' }, path);
  }

  #object(path: DataPath): DataValue {
    const start = this.#reader.at;
    const at = this.#values.length;
    const table = bracedTable(start, path);
    this.#members('}', path, () => {
      const key = this.#key();
      if (key === undefined) return false;
      this.#keys.push({ key, parent: path, role: 'field' });
      this.#blank();
      const hasColon = this.#reader.takeText(':');
      if (!hasColon)
        this.#problem(
          key,
          `\`${key.text}\` has no value: a field is written \`"${key.text}": VALUE\`.`,
        );
      this.#blank();
      const value: DataValue = hasColon
        ? this.#value([...path, key.text])
        : { kind: 'unreadable', start: key.end, end: key.end };
      // The last of two counts.
      const known = table.entries.get(key.text);
      if (known !== undefined) this.#overwritten.push({ key: known.key, by: key });
      table.entries.set(key.text, { key, value });
      return true;
    });
    table.end = this.#reader.at;
    this.#values.splice(at, 0, { value: table, path });
    return table;
  }

  #array(path: DataPath): DataValue {
    const start = this.#reader.at;
    const at = this.#values.length;
    const items: DataValue[] = [];
    this.#members(']', path, () => {
      const before = this.#reader.at;
      items.push(this.#value([...path, items.length]));
      return this.#reader.at > before;
    });
    const array = { kind: 'array' as const, start, end: this.#reader.at, path, items };
    this.#values.splice(at, 0, { value: array, path });
    return array;
  }

  /** @param member reads one, and tells whether something was there */
  #members(closing: '}' | ']', { length }: DataPath, member: () => boolean): void {
    const start = this.#reader.at;
    const opening = { start, end: start + 1 };
    this.#reader.at++;
    let comma: Span | undefined;
    for (;;) {
      this.#blank();
      if (this.#reader.takeText(closing)) {
        if (comma !== undefined) this.#problem(comma, 'JSON takes no comma behind the last entry.');
        return;
      }
      if (this.#reader.isAtEnd || length >= MAX_DEPTH) {
        // What was not closed inside of it says it already.
        const isTold = this.#reader.problems.some(({ at }) => at.start > start);
        if (length >= MAX_DEPTH) this.#problem(opening, 'Values are nested too deeply here.');
        else if (!isTold) this.#problem(opening, `This is not closed with \`${closing}\`.`);
        this.#reader.at = this.#reader.text.length;
        return;
      }
      const before = this.#reader.at;
      if (!member()) {
        const next = this.#reader.text[this.#reader.at];
        if (next === '}' || next === ']') {
          this.#problem(opening, `This is not closed with \`${closing}\`.`);
          return;
        }
        if (this.#reader.at === before) this.#reader.at++;
      }
      this.#blank();
      const commaAt = this.#reader.at;
      comma = this.#reader.takeText(',') ? { start: commaAt, end: commaAt + 1 } : undefined;
      const next = this.#reader.text[this.#reader.at];
      if (comma === undefined && next !== undefined && next !== '}' && next !== ']') {
        this.#problem(this.#reader.here(before), 'A comma is missing between two entries.');
      }
    }
  }

  /** A name; one without its quotes is told and read. */
  #key(): DataKey | undefined {
    const start = this.#reader.at;
    if (this.#reader.text[start] === '"') {
      const { value, content } = this.#text();
      return { start, end: this.#reader.at, text: value, content };
    }
    const word = this.#reader.take(WORD);
    const span = { start, end: this.#reader.at };
    if (word === undefined) {
      const next = this.#reader.text[start];
      if (next !== ']' && next !== '}')
        this.#problem(this.#reader.here(start), 'A field begins with its name in double quotes.');
      return undefined;
    }
    this.#problem(span, `Names stand in double quotes in JSON: \`"${word.replaceAll("'", '')}"\`.`);
    return { ...span, text: word, content: span };
  }

  #text(): { value: string; content: Span } {
    const opening = this.#reader.at;
    this.#reader.at++;
    const start = this.#reader.at;
    let value = '';
    for (;;) {
      const char = this.#reader.text[this.#reader.at];
      if (char === undefined || char === '\n' || char === '\r') {
        this.#problem(
          { start: opening, end: opening + 1 },
          'The text that begins here is not closed with ".',
        );
        return { value, content: { start, end: this.#reader.at } };
      }
      if (char === '"') {
        const content = { start, end: this.#reader.at };
        this.#reader.at++;
        return { value, content };
      }
      if (char === '\\') value += this.#escape();
      else {
        if (char < ' ') {
          this.#problem(
            { start: this.#reader.at, end: this.#reader.at + 1 },
            'This character may stand in a text as an escape only.',
          );
        }
        value += char;
        this.#reader.at++;
      }
    }
  }

  #escape(): string {
    const start = this.#reader.at;
    const escape = this.#reader.take(ESCAPE);
    if (escape !== undefined) return JSON.parse(`"${escape}"`) as string;
    this.#reader.at = Math.min(start + 2, this.#reader.text.length);
    const written = this.#reader.text.slice(start, this.#reader.at);
    this.#problem(
      { start, end: this.#reader.at },
      `\`${written.trim()}\` is no escape of JSON: write \`\\\\\` for a backslash.`,
    );
    return written;
  }

  #blank(): void {
    for (;;) {
      this.#reader.take(/[ \t\r\n]+/y);
      const start = this.#reader.at;
      const comment = this.#reader.take(/(?:\/\/|#)[^\n]*|\/\*[^]*?\*\//y);
      if (comment === undefined) return;
      const text = comment.replace(/^(?:\/\/|#|\/\*)|\*\/$/g, '');
      this.#comments.push({ start, end: this.#reader.at, text });
    }
  }

  #note(value: DataValue, path: DataPath): DataValue {
    this.#values.push({ value, path });
    return value;
  }

  #problem(at: Span, message: string): void {
    this.#reader.problem(at, message);
  }
}

function emptyTable(end: number): DataTable {
  const name = { start: 0, end: Math.min(1, end) };
  return { kind: 'table', start: 0, end, path: [], entries: new Map(), name, notation: 'braces' };
}
