import { expect, it } from 'vitest';
import { goalOf } from '../../../renderer/deliveries/typed-goal.ts';

const now = new Date(2026, 4, 6, 14, 0, 0).getTime();

it('takes a clock time for the last time when it was that late', () => {
  expect(goalOf('13:02:11.5', now)).toEqual({
    kind: 'time',
    at: new Date(2026, 4, 6, 13, 2, 11, 500).getTime(),
  });
  expect(goalOf(' 23:15 ', now)).toEqual({
    kind: 'time',
    at: new Date(2026, 4, 5, 23, 15).getTime(),
  });
});

it('takes hexadecimal digits for a message id, and nothing else', () => {
  expect(goalOf('D7EF45ab', now)).toEqual({ kind: 'message', id: 'D7EF45ab' });
  expect(goalOf('d7e', now)).toBeUndefined();
  expect(goalOf('noon', now)).toBeUndefined();
});
