/** Just enough of Rust to read declarations: comments, strings, brackets, attributes. */

const COMMENT_OR_STRING = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\\n]|\\.)'/g;

/** Without comments, and without modules of tests. */
export function rustCode(text: string): string {
  let code = text.replace(COMMENT_OR_STRING, (match) => (match.startsWith('/') ? '' : match));
  for (;;) {
    const tests = /#\[cfg\(test\)\]\s*(?:pub )?mod \w+ \{/.exec(code);
    if (tests === null) return code;
    const end = closing(code, tests.index + tests[0].length - 1);
    code = code.slice(0, tests.index) + (end < 0 ? '' : code.slice(end + 1));
  }
}

const PAIRS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/**
 * What is between the first opening bracket at or after `from` and the bracket that closes it.
 *
 * @throws Error when there is no such pair.
 */
export function bracketed(code: string, from: number, open: '{' | '(' | '['): string {
  const start = code.indexOf(open, from);
  const end = start < 0 ? -1 : closing(code, start);
  if (end < 0)
    throw new Error(`no ${open} … ${PAIRS[open] ?? ''} in: ${code.slice(from, from + 60)}`);
  return code.slice(start + 1, end);
}

/** Splits at commas that are in no bracket and no string. */
export function splitAtCommas(code: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < code.length; i++) {
    const c = code[i] ?? '';
    if (c === '"') i = stringEnd(code, i);
    else if ('([{<'.includes(c)) depth++;
    else if (')]}'.includes(c) || (c === '>' && code[i - 1] !== '-')) depth--;
    else if (c === ',' && depth === 0) {
      parts.push(code.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(code.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The index of the bracket that closes the one at `start`, or -1. */
function closing(code: string, start: number): number {
  const open = code[start] ?? '';
  const close = PAIRS[open] ?? '';
  let depth = 0;
  for (let i = start; i < code.length; i++) {
    const c = code[i];
    if (c === '"') i = stringEnd(code, i);
    else if (c === "'" && code[i + 2] === "'") i += 2;
    else if (c === open) depth++;
    else if (c === close && --depth === 0) return i;
  }
  return -1;
}

/** The index of the quote that ends the string at `start`. */
function stringEnd(code: string, start: number): number {
  if (code[start - 1] === 'r') return code.indexOf('"', start + 1);
  for (let i = start + 1; i < code.length; i++) {
    if (code[i] === '\\') i++;
    else if (code[i] === '"') return i;
  }
  return code.length;
}
