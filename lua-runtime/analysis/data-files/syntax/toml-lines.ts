/** Whether a new line of a TOML file begins, where a bracket before it may have been forgotten. */
import type { TextReader } from './text-reader.ts';

/** A header, or a name with its sign. */
const LINE = /\[|[\w"'.-]+[ \t]*=/y;
/** The same, as far as it can be no value of an array. */
const NO_VALUE =
  /(?:[\w-]+(?:\.[\w-]+)*|"[^"\n]*"|'[^'\n]*')[ \t]*=|\[{1,2}[ \t]*(?!(?:true|false|inf|nan)\b)[A-Za-z_][\w-]*[ \t]*[.\]]/y;

export function looksLikeNextLine(reader: TextReader): boolean {
  return beginsWith(reader, LINE);
}

export function isNextLine(reader: TextReader): boolean {
  return beginsWith(reader, NO_VALUE);
}

/** Offset of the first character of the line. */
export function lineStartOf(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function beginsWith({ text, at }: TextReader, pattern: RegExp): boolean {
  if (text.slice(lineStartOf(text, at), at).trim() !== '') return false;
  pattern.lastIndex = at;
  return pattern.test(text);
}
