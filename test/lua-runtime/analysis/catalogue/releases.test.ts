import { describe, expect, it } from 'vitest';
import {
  isNewerThan,
  KUMOMTA_RELEASES,
} from '../../../../lua-runtime/analysis/catalogue/releases.ts';

describe('isNewerThan', () => {
  it.each([
    ['2024.09.02', '2024.06.10-84e84b89', true],
    ['2024.09.02', '2024.09.02-c5476b89', false],
    ['2024.09.02', '2024.09.02', false],
    ['2024.09.02', '2026.06.23-f3af1cd0', false],
    ['dev', '2026.06.23-f3af1cd0', true],
    ['dev', 'dev', false],
    ['2024.09.02', 'dev', false],
  ])('an entry since %s against %s: %s', (since, release, newer) => {
    expect(isNewerThan({ since }, release)).toBe(newer);
  });

  it('is never true of what was always there', () => {
    expect(isNewerThan({}, '2023.03.31-36aa20de')).toBe(false);
  });

  it('takes no other texts', () => {
    expect(() => isNewerThan({ since: 'dev' }, 'latest')).toThrow('"latest" is no KumoMTA release');
    expect(() => isNewerThan({}, '2024.09.021')).toThrow('is no KumoMTA release');
  });
});

it('lists releases in the order of their dates', () => {
  const dates = KUMOMTA_RELEASES.map(({ date }) => date);
  expect(dates).toEqual([...dates].sort());
  expect(KUMOMTA_RELEASES[0]).toEqual({ name: '2023.03.31-36aa20de', date: '2023.03.31' });
});
