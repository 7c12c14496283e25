import { describe, expect, it } from 'vitest';
import type { LivePoint } from '../../../../electron/bridge/contract.ts';
import { decades, roundUp, timeLine } from '../../../../renderer/deliveries/live/time-line.ts';

const point = (at: number): LivePoint => ({
  at,
  acked: 1,
  nacked: 0,
  unroutable: 0,
  unconfirmed: 0,
  failed: 0,
  none: 0,
  silentLoss: 0,
});

it('fills the times without deliveries', () => {
  const line = timeLine({ bucketMs: 100, points: [point(1_000), point(1_300)], histogram: [] });
  expect(line.map(({ at, acked }) => [at, acked])).toEqual([
    [1_000, 1],
    [1_100, 0],
    [1_200, 0],
    [1_300, 1],
  ]);
});

describe('axes', () => {
  it.each([
    [0.2, 1],
    [3, 5],
    [1_001, 2_000],
    [5_000, 5_000],
    [7_200, 10_000],
  ])('end at a round number above %d', (value, end) => {
    expect(roundUp(value)).toBe(end);
  });

  it('take in whole decades on a logarithmic scale', () => {
    expect(decades([350, 12_000])).toEqual({ from: 100, to: 100_000 });
    expect(decades([1_000])).toEqual({ from: 1_000, to: 10_000 });
  });
});
