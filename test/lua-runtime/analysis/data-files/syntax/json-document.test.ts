import { describe, expect, it } from 'vitest';
import { readJson } from '../../../../../lua-runtime/analysis/data-files/syntax/json-document.ts';

function told(text: string): string[] {
  return readJson(text).problems.map(({ at }) => text.slice(at.start, at.end));
}

it('reads objects, lists and scalars with their places', () => {
  const text = '{"a": [1, -2.5e1, true, null], "b\\n": {"c": "\\u00e9"}}';
  const { root, keys, problems, values } = readJson(text);
  expect(problems).toEqual([]);
  expect([...root.entries.keys()]).toEqual(['a', 'b\n']);
  expect(keys.map(({ key }) => text.slice(key.start, key.end))).toEqual(['"a"', '"b\\n"', '"c"']);
  expect(values.map(({ path }) => path.join('/'))).toEqual([
    '',
    'a',
    'a/0',
    'a/1',
    'a/2',
    'a/3',
    'b\n',
    'b\n/c',
  ]);
});

it('takes the comments that KumoMTA takes out', () => {
  const { problems, comments } = readJson('// one\n{ # two\n "a": /* three */ 1\n}');
  expect(problems).toEqual([]);
  expect(comments.map(({ text }) => text.trim())).toEqual(['one', 'two', 'three']);
});

it('notes a field that is written twice', () => {
  const { overwritten, root } = readJson('{"a": 1, "a": 2}');
  expect(overwritten.map(({ key, by }) => [key.start, by.start])).toEqual([[1, 9]]);
  expect(root.entries.get('a')?.value).toMatchObject({ value: 2 });
});

describe('what is no JSON', () => {
  it.each([
    ['{"a": 1,}', ','],
    ['{"a": [1,]}', ','],
    ['{"a": 1 "b": 2}', '"'],
    ["{'a': 1}", "'a'"],
    ['{a: 1}', 'a'],
    ['{"a" 1}', '"a"'],
    ['{"a": x}', 'x'],
    ['{"a": 01}', '01'],
    ['{"a": "x}', '"'],
    ['{"a": "\\q"}', '\\q'],
    ['{"a": 1', '{'],
    ['{} {}', '{}'],
    ['[1]', '[1]'],
  ])('%s', (text, at) => expect(told(text)[0]).toBe(at));

  it('agrees with JSON.parse on any text', () => {
    const parts = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      'true',
      'null',
      ' ',
      '\n',
      '.5',
      'e3',
    ];
    let state = 7;
    const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
    for (let i = 0; i < 20_000; i++) {
      const inner = Array.from({ length: random(9) }, () => parts[random(parts.length)]).join('');
      const text = random(3) === 0 ? inner : `{"k": ${inner}}`;
      const isObject = ((): boolean => {
        try {
          const value: unknown = JSON.parse(text);
          return typeof value === 'object' && value !== null && !Array.isArray(value);
        } catch {
          return false;
        }
      })();
      expect([text, readJson(text).problems.length === 0]).toEqual([text, isObject]);
    }
  });
});
