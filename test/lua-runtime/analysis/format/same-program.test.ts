/**
 * Formatting changes no program: samples, the corpus of the checks and, where a checkout is named in
 * KUMOMTA_CHECKOUT, all of KumoMTA's own Lua have the same tokens and comments afterwards.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatLua } from '../../../../lua-runtime/analysis/format/format-lua.ts';
import { isSameProgram } from '../../../../lua-runtime/analysis/format/same-program.ts';
import { parseLua } from '../../../../lua-runtime/analysis/syntax/parser.ts';
import { tokenize } from '../../../../lua-runtime/analysis/syntax/lexer.ts';

const root = join(import.meta.dirname, '../../../..');
const checkout = process.env['KUMOMTA_CHECKOUT'];

function luaFilesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.lua'))
    .map((name) => join(folder, name))
    .sort();
}

const texts = [
  join(root, 'lua-runtime/samples'),
  join(root, 'test'),
  ...(checkout === undefined ? [] : [checkout]),
]
  .flatMap(luaFilesOf)
  .map((file) => [file.slice(root.length + 1), readFileSync(file, 'utf8')] as const)
  .filter(([, text]) => parseLua(text).errors.length === 0);

/** What Lua reads, without what a formatter may choose: quotes, idle parentheses, commas, semicolons. */
function meaningfulTokens(text: string): string[] {
  return tokenize(text).tokens.flatMap(({ kind, text: written }) =>
    kind === 'symbol' && ['(', ')', ',', ';'].includes(written) ? [] : [`${kind} ${written}`],
  );
}

function comments(text: string): string[] {
  return tokenize(text).comments.map((comment) => comment.text.trimEnd());
}

describe.each(texts)('%s', (_, text) => {
  const formatted = formatLua(text);

  it('keeps its tokens and comments, and stays as it is the next time', () => {
    expect(meaningfulTokens(formatted)).toEqual(meaningfulTokens(text));
    expect(comments(formatted)).toEqual(comments(text));
    expect(formatLua(formatted)).toBe(formatted);
  });
});

it.each([
  ['a = b', 'a = c'],
  ['f((g()))', 'f(g())'],
  ['-- a\nf()', 'f()'],
  ["x = 'a'", "x = 'b'"],
  ['a = b + c * d', 'a = (b + c) * d'],
  ['t = { a }', 't = { a = a }'],
])('%s is another program than %s', (a, b) => {
  expect(isSameProgram(parseLua(a), parseLua(b))).toBe(false);
});

it.each([
  ['if (a) then end', 'if a then end'],
  ['a = (b)', 'a = b'],
  ['f "x"', "f('x')"],
  ['t = { a; b, }', 't = { a, b }'],
])('%s is the same program as %s', (a, b) => {
  expect(isSameProgram(parseLua(a), parseLua(b))).toBe(true);
});
