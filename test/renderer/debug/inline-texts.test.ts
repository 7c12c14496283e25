import { expect, it } from 'vitest';
import { inlineTexts } from '../../../renderer/debug/editor/inline-texts.ts';
import type { Children, ValueNode } from '../../../renderer/debug/values/value-tree.ts';

function node(name: string, value: string, type = 'string'): ValueNode {
  return { name, value, type, ref: 0, readOnly: false, changed: false, failed: false };
}
const children = new Map<string, Children>([
  [
    'Locals',
    {
      nodes: [
        node('domain', "'amqp'"),
        node('n', '1', 'integer'),
        node('send', 'function', 'function'),
      ],
      more: 0,
    },
  ],
  [
    'Upvalues',
    { nodes: [node('domain', "'outer'"), node('kumo', '{ amqp = {…}, … }', 'table')], more: 0 },
  ],
]);
const texts = (names: Record<number, string[]>) =>
  inlineTexts(
    new Map(Object.entries(names).map(([line, used]) => [Number(line), new Set(used)])),
    children,
  ).map(({ line, text }) => [line, text.trim().replaceAll('\u00a0', ' ')]);

it('writes the values of a line’s variables, the inner of two of one name', () => {
  expect(texts({ 4: ['domain', 'n'] })).toEqual([[4, "domain = 'amqp',  n = 1"]]);
});

it('says nothing of modules, functions and of what has no value here', () => {
  expect(texts({ 5: ['kumo', 'unknown', 'send'] })).toEqual([]);
});

it('shortens what is long', () => {
  const long = new Map<string, Children>([
    ['Locals', { nodes: [node('data', `'${'x'.repeat(500)}'`)], more: 0 }],
  ]);
  const [only] = inlineTexts(new Map([[1, new Set(['data'])]]), long);
  expect(only?.text.length).toBeLessThan(80);
  expect(only?.text).toMatch(/x…$/);
});
