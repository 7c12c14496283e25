import { describe, expect, it } from 'vitest';
import { parseHitCondition } from '../../../lua-runtime/debugger/hit-condition.ts';

const hitsOf = (text: string): number[] => {
  const test = parseHitCondition(text);
  if (typeof test === 'string') throw new Error(test);
  return Array.from({ length: 8 }, (_, i) => i + 1).filter(test);
};

describe('a hit condition', () => {
  it.each([
    ['5', [5]],
    ['== 5', [5]],
    ['=5', [5]],
    ['>= 7', [7, 8]],
    ['> 7', [8]],
    ['<= 2', [1, 2]],
    ['< 2', [1]],
    [' % 3 ', [3, 6]],
  ])('%s', (text, expected) => {
    expect(hitsOf(text)).toEqual(expected);
  });

  it.each(['', 'five', '5 5', '!= 5', '5.5', '-1'])('“%s” is none', (text) => {
    expect(parseHitCondition(text)).toContain('is no hit condition');
  });

  it('refuses a remainder of nothing', () => {
    expect(parseHitCondition('% 0')).toContain('never holds');
  });
});
