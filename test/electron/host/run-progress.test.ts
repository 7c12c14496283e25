import { describe, expect, it } from 'vitest';
import { RunProgress } from '../../../electron/host/run-progress.ts';

function at(goal: { count: number; seconds?: number }) {
  let clock = 0;
  const progress = new RunProgress(goal, () => clock);
  return (milliseconds: number, done: number) => {
    clock = milliseconds;
    return progress.now(done);
  };
}

describe('the progress of a run', () => {
  it('says nothing of the time left before anything has ended', () => {
    expect(at({ count: 10 })(500, 0)).toEqual({ elapsedMs: 500, perSecond: 0 });
  });

  it('reckons the time left from the rate of the last moments', () => {
    const progress = at({ count: 10_000 });
    for (let ms = 0; ms <= 10_000; ms += 100) progress(ms, ms / 100);
    for (let ms = 10_100; ms <= 15_000; ms += 100) progress(ms, 100 + (ms - 10_000));
    const { perSecond, leftMs } = progress(15_000, 5_100);
    expect(perSecond).toBeCloseTo(1_000);
    expect(leftMs).toBeCloseTo(4_900);
  });

  it('counts the time down when that is what ends the run', () => {
    const progress = at({ count: 1_000_000, seconds: 10 });
    expect(progress(4_000, 100).leftMs).toBe(6_000);
    expect(progress(11_000, 300).leftMs).toBe(0);
  });
});
