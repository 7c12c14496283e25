/**
 * How KumoMTA formats its Lua: the options of stylua.toml in its repository (column_width 78, two spaces,
 * AutoPreferSingle quotes, no call parentheses around a single string or table), and StyLua's defaults.
 */
export const COLUMN_WIDTH = 78;
export const INDENT = 2;

/** Stands for a line end inside a string in brackets, which no layout may touch; see `withRealLines`. */
const INSIDE_STRING = '\uE000';

/** A source text as one line of a layout. */
export function asOneLine(text: string): string {
  return text.replaceAll('\n', INSIDE_STRING);
}

/** Whether a text holds a string that goes over several lines. */
export function hasInnerLines(text: string): boolean {
  return text.includes(INSIDE_STRING);
}

/** A layout as it is written to a file. */
export function withRealLines(text: string): string {
  return text.replaceAll(INSIDE_STRING, '\n');
}

/** Columns as StyLua counts them: bytes of UTF-8. */
function widthOf(text: string): number {
  let width = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // Half of a character beyond U+FFFF takes two bytes, every other one behind U+07FF three.
    width += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return width;
}

export function spaces(count: number): string {
  return ' '.repeat(count);
}

/** Where text stands. */
export interface Place {
  /** Columns that the lines of the statement around it are indented by. */
  readonly indent: number;
  /** Column of its first character. */
  readonly column: number;
  /** Columns that have to be left behind its last line: for a comma, a bracket, `then`. */
  readonly after: number;
}

/** Whether every line of a text stays within the width. */
export function fits(text: string, { column, after }: Pick<Place, 'column' | 'after'>): boolean {
  const lines = text.split('\n');
  return lines.every((line, i) => {
    const before = i === 0 ? column : 0;
    const behind = i === lines.length - 1 ? after : 0;
    // A string in brackets goes on where it likes.
    const [first = ''] = line.split(INSIDE_STRING);
    const width = first.length < line.length ? widthOf(first) : widthOf(line) + behind;
    return before + width <= COLUMN_WIDTH;
  });
}

/** The same of its first and last line alone: those between are as short as they can be. */
export function fitsAround(
  text: string,
  { column, after }: Pick<Place, 'column' | 'after'>,
): boolean {
  const [first = '', ...others] = text.split('\n');
  const last = others.at(-1);
  if (last === undefined) return fits(text, { column, after });
  return fits(first, { column, after: 0 }) && fits(last, { column: 0, after });
}

export function isOneLine(text: string): boolean {
  return !text.includes('\n');
}

/** Column behind a text that begins at `column`. */
export function columnBehind(text: string, column: number): number {
  const at = Math.max(text.lastIndexOf('\n'), text.lastIndexOf(INSIDE_STRING));
  return at < 0 ? column + text.length : text.length - at - 1;
}
