import { expect, it } from 'vitest';
import { EvaluateHistory } from '../../../renderer/debug/console/evaluate-history.ts';

it('goes back through what was asked and forth to the draft', () => {
  const history = new EvaluateHistory();
  for (const text of ['a', 'b', 'b', 'c']) history.add(text);
  expect(history.older('draft')).toBe('c');
  expect(history.older('c')).toBe('b');
  expect(history.older('b')).toBe('a');
  expect(history.older('a')).toBe('a');
  expect(history.newer('a')).toBe('b');
  expect(history.newer('b')).toBe('c');
  expect(history.newer('c')).toBe('draft');
  expect(history.newer('draft')).toBe('draft');
});

it('has nothing to offer at first, and forgets the oldest', () => {
  const history = new EvaluateHistory(2);
  expect(history.older('x')).toBe('x');
  for (const text of ['a', 'b', 'c']) history.add(text);
  history.older('');
  expect(history.older('')).toBe('b');
  expect(history.older('')).toBe('b');
});
