import { expect, it } from 'vitest';
import type { RecordedValue } from '../../../electron/bridge/contract.ts';
import { luaLiteral } from '../../../renderer/recording/lua-literal.ts';

const literals: readonly (readonly [RecordedValue, string])[] = [
  [null, 'nil'],
  [true, 'true'],
  [5, '5'],
  [{ integer: '9007199254740993' }, '9007199254740993'],
  ['250 ok', "'250 ok'"],
  ["it's\na", "'it\\'s\\na'"],
  [{ bytes: 'AAECAw==' }, '<4 bytes>'],
  [{ function: 'init.lua:23' }, 'init.lua:23'],
  [{ userdata: 'Message' }, 'Message'],
  [{ table: [] }, '{}'],
  [{ table: [['status', 'Ack']] }, "{ status = 'Ack' }"],
  [
    {
      table: [
        [1, 'a'],
        [2, 'b'],
      ],
    },
    "{ 'a', 'b' }",
  ],
  [{ table: [[{ integer: '1' }, 'a']] }, "{ 'a' }"],
  [{ table: [['a-b', 1]], more: 3 }, "{ ['a-b'] = 1, … 3 more }"],
];

it.each(literals)('writes %o as %s', (value, literal) => {
  expect(luaLiteral(value)).toBe(literal);
});

it('cuts long texts', () => {
  expect(luaLiteral('x'.repeat(500)).length).toBeLessThan(100);
});
