/**
 * Formats Lua as KumoMTA formats its own, without changing what it means: the result is read again and
 * has to be the same program with the same comments.
 *
 * Written here because StyLua's own build for npm is under the Mozilla Public License, and no other
 * formatter of Lua there is kept. What is laid out differently from StyLua is told in the README.
 */
import { parseLua } from '../syntax/parser.ts';
import { BlockLayout } from './block-layout.ts';
import { isSameProgram } from './same-program.ts';
import { SourceTokens } from './source-tokens.ts';
import { withRealLines } from './style.ts';

/** Why a text stays as it is, as a sentence. */
export class FormatProblem extends Error {
  override readonly name = 'FormatProblem';
}

/** @throws FormatProblem for a text that is not Lua, and for one that would not stay the same program */
export function formatLua(source: string): string {
  // Carriage returns inside strings in brackets are line ends to Lua too (Lua 5.4 manual §3.1).
  const text = source.replaceAll('\r\n', '\n');
  const chunk = parseLua(text);
  if (chunk.errors.length > 0) {
    throw new FormatProblem('The text is not formatted while it has syntax errors.');
  }
  const tokens = new SourceTokens(text);
  const shebang = text.startsWith('#') ? (text.split('\n', 1)[0] ?? '') : '';
  const region = { start: shebang.length, end: text.length };
  const laid = new BlockLayout(tokens).block(chunk.body, region, 0);
  const lines = withRealLines(laid).trim();
  const formatted = [...(shebang === '' ? [] : [shebang]), ...(lines === '' ? [] : [lines])];
  const result = formatted.map((part) => `${part}\n`).join('');
  if (!isSameProgram(chunk, parseLua(result))) {
    throw new FormatProblem(
      'The text stays as it is: formatting it would change the program, which is a fault of the workbench.',
    );
  }
  return result;
}
