import { describe, expect, it } from 'vitest';
import { exitsOf } from '../../../../lua-runtime/analysis/flow/exits.ts';
import { parseLua } from '../../../../lua-runtime/analysis/syntax/parser.ts';
import type { Expression } from '../../../../lua-runtime/analysis/syntax/syntax-tree.ts';

function isError(call: Expression): boolean {
  return call.kind === 'Call' && call.callee.kind === 'Name' && call.callee.name === 'error';
}

/** The exits of a body in the order of its text: returns by their text, then how it can end. */
function exits(body: string): string[] {
  const { returns, fallsOff, raises, unreachable } = exitsOf(parseLua(body).body, isError);
  const textOf = ({ start, end }: { start: number; end: number }): string => body.slice(start, end);
  return [
    ...returns.map(textOf),
    ...raises.map((call) => `raises ${textOf(call)}`),
    ...(fallsOff === undefined ? [] : ['falls off']),
    ...unreachable.map((statement) => `never ${textOf(statement)}`),
  ];
}

describe('exitsOf', () => {
  it.each([
    ['', ['falls off']],
    ['return 1', ['return 1']],
    ["error 'x'", ["raises error 'x'"]],
    ['if a then return 1 end', ['return 1', 'falls off']],
    ['if a then return 1 else return 2 end', ['return 1', 'return 2']],
    ['if a then return 1 elseif b then return 2 end', ['return 1', 'return 2', 'falls off']],
    ["if a then return 1 end error 'x'", ['return 1', "raises error 'x'"]],
    ['if true then return 1 else return 2 end', ['return 1']],
    ['while true do end', []],
    ['while true do if a then break end end', ['falls off']],
    ['while a do return 1 end', ['return 1', 'falls off']],
    ['for i = 1, 2 do return i end', ['return i', 'falls off']],
    ['repeat return 1 until a', ['return 1']],
    ['repeat local x = 1 until false', []],
    ['do return 1 end print(2)', ['return 1', 'never print(2)']],
    ["local x = error 'x' return x", ["raises error 'x'", 'never return x']],
    ['goto done do return 1 end ::done::', ['falls off', 'never do return 1 end']],
    ['local function f() return 1 end', ['falls off']],
  ])('%s', (body, expected) => {
    expect(exits(body)).toEqual(expected);
  });
});
