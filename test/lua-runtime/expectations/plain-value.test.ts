import { expect, it } from 'vitest';
import { plainValue } from '../../../lua-runtime/expectations/plain-value.ts';

it('reads Lua values as JSON', () => {
  expect(plainValue({ integer: '7' })).toBe(7);
  expect(plainValue(null)).toBe(null);
  expect(
    plainValue({
      table: [
        [1, 'a'],
        [2, { integer: '2' }],
      ],
    }),
  ).toEqual(['a', 2]);
  expect(plainValue({ table: [['list', { table: [[1, true]] }]] })).toEqual({ list: [true] });
});

it('says what JSON cannot hold', () => {
  expect(plainValue({ userdata: 'QueueConfig' })).toBe('userdata QueueConfig');
  expect(plainValue({ function: 'init.lua:3' })).toBe('function init.lua:3');
  expect(plainValue({ bytes: '/w==' })).toBe('base64 /w==');
  expect(
    plainValue({
      table: [
        [2, 'a'],
        [{ userdata: 'X' }, 'b'],
      ],
    }),
  ).toEqual({
    '2': 'a',
    'userdata X': 'b',
  });
});
