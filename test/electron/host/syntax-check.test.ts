import { describe, expect, it, onTestFinished } from 'vitest';
import { createLuaVm } from '../../../electron/host/lua-engines.ts';
import { SyntaxChecker } from '../../../electron/host/syntax-check.ts';

function newChecker(): SyntaxChecker {
  const checker = new SyntaxChecker(createLuaVm);
  onTestFinished(() => checker.close());
  return checker;
}

describe.each(['lua54', 'fengari'] as const)('SyntaxChecker with %s', (engine) => {
  it('marks the token that the compiler names, on its line', () => {
    expect(newChecker().check(engine, 'a.lua', 'local a = 1\nlocal b = = 2\n')).toEqual([
      {
        file: 'a.lua',
        range: { start: { line: 1, character: 10 }, end: { line: 1, character: 11 } },
        severity: 1,
        code: 'syntax',
        message: "unexpected symbol near '='",
      },
    ]);
  });

  it('marks the last line with something on it when the end comes too early', () => {
    const [found] = newChecker().check(engine, 'a.lua', 'if true then\n  x = 1\n\n');
    expect(found?.message).toContain("'end' expected");
    expect(found?.range.start.line).toBe(1);
  });

  it('accepts correct text, a shebang line, and text after an error was mended', () => {
    const checker = newChecker();
    expect(checker.check(engine, 'a.lua', '#!/usr/bin/env lua\nreturn 1\n')).toEqual([]);
    expect(checker.check(engine, 'a.lua', 'x =')).toHaveLength(1);
    expect(checker.check(engine, 'a.lua', 'x = 1')).toEqual([]);
  });

  it('runs nothing of the text', () => {
    expect(newChecker().check(engine, 'a.lua', 'while true do end')).toEqual([]);
  });
});
