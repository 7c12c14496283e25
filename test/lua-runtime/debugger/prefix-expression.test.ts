import { describe, expect, it } from 'vitest';
import { isInString, writtenMember } from '../../../lua-runtime/debugger/prefix-expression.ts';

describe('writtenMember', () => {
  it.each([
    ['a.b.c', 'a.b', '.', 'c'],
    ['string.for', 'string', '.', 'for'],
    ['print(x:', 'x', ':', ''],
    ['x = ("a"):up', '("a")', ':', 'up'],
    ['f(g(1), 2)[3].', 'f(g(1), 2)[3]', '.', ''],
    ["a 'text' .", "a 'text'", '.', ''],
    ['make { 1 }:re', 'make { 1 }', ':', 're'],
    ['a + b[")"].c', 'b[")"]', '.', 'c'],
    ['message:get_meta("tenant"):', 'message:get_meta("tenant")', ':', ''],
  ])('reads %s', (text, prefix, separator, name) => {
    expect(writtenMember(text)).toEqual({ prefix, separator, name });
  });

  it.each(['', 'name', '{ 1 }.', '"x":', ').', 'a .. ', '12.', 'f(x', '"a.', '= .'])(
    'finds none in %s',
    (text) => {
      expect(writtenMember(text)).toBeUndefined();
    },
  );
});

it('knows when the caret is within a string', () => {
  expect(isInString('print("x.')).toBe(true);
  expect(isInString('print("x")')).toBe(false);
});
