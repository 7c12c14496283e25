/** Values and refusals of TOML 1.1, as its specification has them, and what is read of broken texts. */
import { describe, expect, it } from 'vitest';
import type { DataValue } from '../../../../../lua-runtime/analysis/data-files/syntax/data-tree.ts';
import { readToml } from '../../../../../lua-runtime/analysis/data-files/syntax/toml-document.ts';

function plain(value: DataValue): unknown {
  if (value.kind === 'table') {
    return Object.fromEntries(
      [...value.entries].map(([name, entry]) => [name, plain(entry.value)]),
    );
  }
  if (value.kind === 'array') return value.items.map(plain);
  return 'value' in value ? value.value : value.kind;
}

function read(text: string): unknown {
  const { root, problems } = readToml(text);
  expect(problems).toEqual([]);
  return plain(root);
}

/** The text that each problem is about. */
function told(text: string): string[] {
  return readToml(text).problems.map(({ at }) => text.slice(at.start, at.end));
}

describe('values', () => {
  it.each([
    ['a = "x\\tA\\u00e9\\x41\\e"', { a: 'x\tAéA\u001b' }],
    ["a = 'c:\\dir'", { a: 'c:\\dir' }],
    ['a = """\nx \\\n   y""""', { a: 'x y"' }],
    ["a = '''\nit's'''", { a: "it's" }],
    ['a = [1, 2, # c\n 3,]', { a: [1, 2, 3] }],
    ['a = 1_000\nb = 0xFF\nc = -0o7\n'.replace('-0o7', '0o7'), { a: 1000, b: 255, c: 7 }],
    ['a = 6.5e-1\nb = -inf', { a: 0.65, b: -Infinity }],
    ['a = true\nb = 1979-05-27 07:32:00Z\nc = 07:32', { a: true, b: 'datetime', c: 'datetime' }],
    ['a = {b = 1,\n "c.d" = 2, # c\n}', { a: { b: 1, 'c.d': 2 } }],
    ['a.b.c = 1\na."d.e" = 2', { a: { b: { c: 1 }, 'd.e': 2 } }],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));
});

describe('tables', () => {
  it.each([
    ['[a.b]\nx = 1\n[a]\ny = 2', { a: { b: { x: 1 }, y: 2 } }],
    ['[[a]]\nx = 1\n[[a]]\n[a.b]\ny = 2', { a: [{ x: 1 }, { b: { y: 2 } }] }],
    ['[a."b.c"]\n[ a . d ]', { a: { 'b.c': {}, d: {} } }],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    ['[a]\n[a]', 'a'],
    ['a = 1\na = 2', 'a'],
    ['a = {b = 1}\n[a.c]', 'a'],
    ['a = []\n[[a]]', 'a'],
    ['[[a]]\n[a]', 'a'],
    ['a.b = 1\n[a]', 'a'],
    ['[a.b]\n[a]\nb.c = 1', 'b'],
    ['a = 1\na.b = 2', 'a'],
  ])('refuses %s', (text, at) => expect(told(text)).toEqual([at]));
});

describe('what is no TOML', () => {
  it.each([
    ['a = ', '='],
    ['a = x', 'x'],
    ['a = 01', '01'],
    ['a = 1 2', '2'],
    ['a', 'a'],
    ['a: 1', 'a'],
    ['a = "x', '"'],
    ['a = "\\q"', '\\q'],
    ['a = 2021-02-30', '2021-02-30'],
    ['a = [1', '['],
    ['a = [1 2]', '2'],
    ['a = {b = 1', '{'],
    ['[a', 'a'],
    ['[a]]', ']'],
    ['[]', '[]'],
    ['a. = 1', '.'],
    ['ä = 1', 'ä'],
    ['a = 9223372036854775808', '9223372036854775808'],
  ])('%s', (text, at) => expect(told(text)).toEqual([at]));

  it('says nothing of the lines behind it', () => {
    const { root, problems } = readToml('[a]\nb = [1,\n[c]\nd = 2\ne = \nf = 3\n');
    expect(problems).toHaveLength(2);
    expect(plain(root)).toMatchObject({ c: { d: 2, f: 3 } });
  });
});

it('knows where every part of a key stands, also of one that is not written', () => {
  const { keys } = readToml('[a."b.c".]\nd.e = 1\n');
  expect(keys.map(({ key, parent, role }) => [key.text, parent.join('/'), role])).toEqual([
    ['a', '', 'header'],
    ['b.c', 'a', 'header'],
    ['', 'a/b.c', 'header'],
    ['d', 'a/b.c/', 'field'],
    ['e', 'a/b.c//d', 'field'],
  ]);
});

it('reads whatever comes', () => {
  const characters = '[]{}="\'.,#\n \\a1-:';
  let state = 1;
  const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
  for (let i = 0; i < 3000; i++) {
    const text = Array.from(
      { length: random(40) },
      () => characters[random(characters.length)],
    ).join('');
    for (const { at } of readToml(text).problems) {
      expect(at.start).toBeGreaterThanOrEqual(0);
      expect(at.end).toBeGreaterThan(at.start);
      expect(at.start).toBeLessThanOrEqual(text.length);
    }
  }
});
