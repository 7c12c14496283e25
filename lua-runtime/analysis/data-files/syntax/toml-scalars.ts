/** Keys, texts, numbers and dates of TOML 1.1 (https://toml.io/en/v1.1.0), which KumoMTA's reader takes. */
import type { DataKey, DataValue } from './data-tree.ts';
import type { TextReader } from './text-reader.ts';

const BARE_KEY = /[A-Za-z0-9_-]+/y;
const QUOTES = /"""|'''|"|'/y;
/** What ends a value that is written without quotes. */
const BARE_VALUE = /[^\s,\]}#=]+/y;
/** A date and a time may be parted by one space. */
const SPACED_TIME = / \d\d:\d\d[^\s,\]}#]*/y;

const INTEGER =
  /^(?:[+-]?(?:0|[1-9](?:_?\d)*)|0x[\dA-Fa-f](?:_?[\dA-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/;
const FLOAT = /^[+-]?(?:(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?|inf|nan)$/;
const DATE = String.raw`(\d{4})-(\d\d)-(\d\d)`;
const TIME = String.raw`([01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?`;
const DATETIME = new RegExp(
  `^(?:${DATE}(?:[Tt ]${TIME}(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)?)?|${TIME})$`,
);

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};
const MAX_INTEGER = 2n ** 63n - 1n;

/** One part of a key; undefined where none stands, which is told. */
export function readKey(reader: TextReader): DataKey | undefined {
  const start = reader.at;
  const bare = reader.take(BARE_KEY);
  if (bare !== undefined) {
    const span = { start, end: reader.at };
    return { ...span, text: bare, content: span };
  }
  const quote = reader.text[start];
  if (quote !== '"' && quote !== "'") return undefined;
  const { value, content } = readText(reader, quote);
  return { start, end: reader.at, text: value, content };
}

/** A text, number, boolean or date. Whatever else stands there is skipped and told. */
export function readScalar(reader: TextReader): DataValue {
  const start = reader.at;
  const quotes = reader.take(QUOTES);
  if (quotes !== undefined) {
    reader.at = start;
    const { value, content } = readText(reader, quotes);
    return { kind: 'string', start, end: reader.at, value, content };
  }
  let bare = reader.take(BARE_VALUE) ?? '';
  if (/^\d{4}-\d\d-\d\d$/.test(bare)) bare += reader.take(SPACED_TIME) ?? '';
  const span = { start, end: reader.at };
  if (bare === '') {
    reader.problem(span, 'A value is missing here.');
    return { ...span, kind: 'unreadable' };
  }
  if (bare === 'true' || bare === 'false') {
    return { ...span, kind: 'boolean', value: bare === 'true' };
  }
  if (INTEGER.test(bare)) return integer(reader, span, bare);
  if (FLOAT.test(bare)) return { ...span, kind: 'float', value: floatOf(bare) };
  if (DATETIME.test(bare) && isDate(bare)) return { ...span, kind: 'datetime' };
  reader.problem(span, notAValue(bare));
  return { ...span, kind: 'unreadable' };
}

function integer(
  reader: TextReader,
  span: { start: number; end: number },
  text: string,
): DataValue {
  const plain = text.replaceAll('_', '').replace(/^\+/, '');
  const value = plain.startsWith('-') ? -BigInt(plain.slice(1)) : BigInt(plain);
  if (value > MAX_INTEGER || value < -MAX_INTEGER - 1n) {
    reader.problem(span, 'TOML has no whole numbers of more than 64 bits.');
  }
  return { ...span, kind: 'integer', value: Number(value) };
}

function floatOf(text: string): number {
  if (/inf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /nan$/.test(text) ? NaN : Number(text.replaceAll('_', ''));
}

/** Whether the day is in the calendar; a time alone is. */
function isDate(text: string): boolean {
  const [, year, month, day] = new RegExp(`^${DATE}`).exec(text) ?? [];
  if (year === undefined) return true;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
}

function notAValue(text: string): string {
  if (/^(?:true|false)$/i.test(text))
    return `TOML writes \`${text.toLowerCase()}\`, in small letters.`;
  if (/^(?:nil|null|none)$/i.test(text)) {
    return `TOML has no \`${text}\`: leave the field out.`;
  }
  if (/^[+-]?0\d/.test(text)) return `\`${text}\`: a number does not begin with 0 in TOML.`;
  return `\`${text}\` is no value in TOML: a text stands in quotes.`;
}

/** A text whose opening quotes come next. */
function readText(
  reader: TextReader,
  quotes: string,
): { value: string; content: { start: number; end: number } } {
  const opening = { start: reader.at, end: reader.at + quotes.length };
  reader.at += quotes.length;
  const isLong = quotes.length === 3;
  const hasEscapes = quotes.startsWith('"');
  const start = reader.at;
  if (isLong) reader.take(/\r?\n/y);
  let value = '';
  for (;;) {
    const char = reader.text[reader.at];
    if (
      char === undefined ||
      (!isLong && (char === '\n' || reader.text.startsWith('\r\n', reader.at)))
    ) {
      reader.problem(opening, `The text that begins here is not closed with ${quotes}.`);
      return { value, content: { start, end: reader.at } };
    }
    if (reader.text.startsWith(quotes, reader.at)) {
      // Up to two quotes may stand before the closing ones.
      if (isLong) {
        const [run = ''] = /^(?:"+|'+)/.exec(reader.text.slice(reader.at, reader.at + 5)) ?? [];
        value += run.slice(quotes.length);
        reader.at += run.length - quotes.length;
      }
      const content = { start, end: reader.at };
      reader.at += quotes.length;
      return { value, content };
    }
    if (char === '\\' && hasEscapes) value += readEscape(reader, isLong);
    else {
      if (
        isForbidden(char) &&
        !(isLong && (char === '\n' || reader.text.startsWith('\r\n', reader.at)))
      ) {
        reader.problem(
          { start: reader.at, end: reader.at + 1 },
          'This character may stand in a text as an escape only.',
        );
      }
      value += char;
      reader.at++;
    }
  }
}

function isForbidden(char: string): boolean {
  const code = char.charCodeAt(0);
  return (code < 0x20 && char !== '\t') || code === 0x7f;
}

function readEscape(reader: TextReader, isLong: boolean): string {
  const start = reader.at;
  if (isLong && reader.take(/\\[ \t]*\r?\n\s*/y) !== undefined) return '';
  const hex = reader.take(/\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8})/y);
  if (hex !== undefined) {
    const code = Number.parseInt(hex.slice(2), 16);
    if (code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) return String.fromCodePoint(code);
    reader.problem({ start, end: reader.at }, 'There is no such character in Unicode.');
    return '';
  }
  const escaped = ESCAPES[reader.text[start + 1] ?? ''];
  reader.at = Math.min(start + 2, reader.text.length);
  if (escaped !== undefined) return escaped;
  const written = reader.text.slice(start, reader.at);
  reader.problem(
    { start, end: reader.at },
    `\`${written.trim()}\` is no escape of TOML: write \`\\\\\`, or put the text into single quotes.`,
  );
  return written;
}
