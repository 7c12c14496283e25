/**
 * The header block of a message as bytes: finding, adding and removing fields without touching the
 * others (RFC 5322 section 2.2; KumoMTA crates/message/src/message.rs 1085-1260).
 */
import { decodeUtf8, encodeUtf8 } from '../vm/platform.ts';

const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const COLON = 58;

export interface HeaderField {
  /** As written. */
  readonly name: string;
  /** The bytes after the colon and leading white space, folds included, without the line end. */
  readonly rawValue: Uint8Array;
  /** Where the whole field, line end included, is in the data. */
  readonly start: number;
  readonly end: number;
}

export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** Where the body begins: after the empty line, or at the end. */
  readonly bodyStart: number;
}

/** Reads fields until an empty line, or until something that is not a field. Accepts bare LF. */
export function parseHeaderBlock(data: Uint8Array): HeaderBlock {
  const fields: HeaderField[] = [];
  let at = 0;
  while (at < data.length) {
    const emptyLine = lineEndLength(data, at);
    if (emptyLine > 0) return { fields, bodyStart: at + emptyLine };
    const end = fieldEnd(data, at);
    const colon = data.indexOf(COLON, at);
    if (colon < 0 || colon >= end || data[at] === SPACE || data[at] === TAB) break;
    let valueStart = colon + 1;
    while (data[valueStart] === SPACE || data[valueStart] === TAB) valueStart++;
    let valueEnd = end;
    while (valueEnd > valueStart && (data[valueEnd - 1] === LF || data[valueEnd - 1] === CR)) {
      valueEnd--;
    }
    fields.push({
      name: decodeUtf8(data.subarray(at, colon)).trimEnd(),
      rawValue: data.subarray(Math.min(valueStart, valueEnd), valueEnd),
      start: at,
      end,
    });
    at = end;
  }
  return { fields, bodyStart: at };
}

function lineEndLength(data: Uint8Array, at: number): number {
  if (data[at] === LF) return 1;
  return data[at] === CR && data[at + 1] === LF ? 2 : 0;
}

/** After the line end of the last line that belongs to the field at `at`. */
function fieldEnd(data: Uint8Array, at: number): number {
  let end = at;
  do {
    const newline = data.indexOf(LF, end);
    if (newline < 0) return data.length;
    end = newline + 1;
  } while (data[end] === SPACE || data[end] === TAB);
  return end;
}

const ENCODED_WORD = /=\?([^?\s]+)\?([BbQq])\?([^?\s]*)\?=/g;

/** The value on one line. */
export function unfoldedValue(field: HeaderField): string {
  return decodeUtf8(field.rawValue).replace(/\r?\n(?=[ \t])/g, '');
}

/** The value unfolded, with its encoded words decoded. */
export function fieldValue(field: HeaderField): string {
  return decodeEncodedWords(unfoldedValue(field));
}

/** Decodes RFC 2047 encoded words in UTF-8 or ASCII; others stay as they are. */
export function decodeEncodedWords(text: string): string {
  return text
    .replace(/(\?=)[ \t]+(?==\?)/g, '$1')
    .replace(ENCODED_WORD, (word, charset: string, encoding: string, encoded: string) => {
      if (!/^(?:utf-?8|us-ascii)(?:\*|$)/i.test(charset)) return word;
      const bytes = encoding.toUpperCase() === 'B' ? base64Bytes(encoded) : quotedBytes(encoded);
      return bytes === undefined ? word : decodeUtf8(bytes);
    });
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Bytes(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of text.replace(/=+$/, '')) {
    const value = BASE64.indexOf(char);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

function quotedBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const hex = /^[0-9A-Fa-f]{2}/.exec(text.slice(i + 1, i + 3));
    if (char === '=' && hex !== null) {
      bytes.push(Number.parseInt(hex[0], 16));
      i += 2;
    } else bytes.push(char === '_' ? SPACE : char.charCodeAt(0));
  }
  return Uint8Array.from(bytes);
}

/** RFC 2047 Q encoding when `value` is not plain ASCII, in words of at most 75 characters. */
export function encodeUnstructured(value: string): string {
  if (/^[\x20-\x7e\t]*$/.test(value)) return value;
  const words: string[] = [];
  let word = '';
  for (const char of value) {
    const encoded = [...encodeUtf8(char)].map(encodeQ).join('');
    if (word.length + encoded.length > 60) {
      words.push(word);
      word = '';
    }
    word += encoded;
  }
  words.push(word);
  return words.map((text) => `=?UTF-8?q?${text}?=`).join('\r\n\t');
}

function encodeQ(byte: number): string {
  const char = String.fromCharCode(byte);
  if (/[A-Za-z0-9]/.test(char)) return char;
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function fieldBytes(name: string, value: string): Uint8Array {
  return encodeUtf8(`${name}: ${value}${value.endsWith('\r\n') ? '' : '\r\n'}`);
}

/** The new field goes before everything. */
export function prependField(data: Uint8Array, name: string, value: string): Uint8Array {
  return concatenate([fieldBytes(name, value), data]);
}

/** The new field goes before the empty line. @throws Error when there is no CRLF CRLF. */
export function appendField(data: Uint8Array, name: string, value: string): Uint8Array {
  for (let at = data.indexOf(CR); at >= 0; at = data.indexOf(CR, at + 1)) {
    if (data[at + 1] === LF && data[at + 2] === CR && data[at + 3] === LF) {
      const field = fieldBytes(name, value);
      return concatenate([data.subarray(0, at + 2), field, data.subarray(at + 2)]);
    }
  }
  throw new Error('append_header could not find the end of the header block');
}

/** Writes the block anew with the fields that `keep` wants. */
export function retainFields(data: Uint8Array, keep: (field: HeaderField) => boolean): Uint8Array {
  const { fields, bodyStart } = parseHeaderBlock(data);
  const kept = fields.filter(keep).map((field) => data.subarray(field.start, field.end));
  return concatenate([...kept, Uint8Array.of(CR, LF), data.subarray(bodyStart)]);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

export function sameHeaderName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
