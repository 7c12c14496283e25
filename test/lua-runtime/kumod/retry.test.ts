import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RETRY_TIMING,
  expiresAt,
  humantimeOf,
  nominalRetryDelay,
  retryDelay,
  retryRandom,
  retrySchedule,
  retryTimingOf,
} from '../../../lua-runtime/kumod/retry.ts';

const MINUTE = 60;
const DAY = 24 * 3600;

describe('the delay after a failed attempt', () => {
  it('doubles from 20 minutes by default', () => {
    const delays = [0, 1, 2, 3, 7].map((n) => nominalRetryDelay(DEFAULT_RETRY_TIMING, n) / MINUTE);
    expect(delays).toEqual([20, 40, 80, 160, 2560]);
  });

  it('is cut to max_retry_interval, and to whole seconds', () => {
    const timing = {
      retry_interval_seconds: 90.9,
      max_retry_interval_seconds: 300.5,
      max_age_seconds: DAY,
    };
    expect([0, 1, 2, 60].map((n) => nominalRetryDelay(timing, n))).toEqual([90, 180, 300, 300]);
  });

  it('is zero for an interval under a second', () => {
    const timing = { retry_interval_seconds: 0.5, max_age_seconds: DAY };
    expect(nominalRetryDelay(timing, 10)).toBe(0);
  });

  it.each([
    [0, -30],
    [0.25, -15],
    [0.5, 0],
    [0.9999, 29],
  ])(
    'is jittered by a twentieth of the interval, here at most a minute wide: %d',
    (random, jitter) => {
      expect(retryDelay(DEFAULT_RETRY_TIMING, 1, random)).toEqual({
        nominal_seconds: 2400,
        jitter_seconds: jitter,
        delay_seconds: 2400 + jitter,
      });
    },
  );

  it('has jitter that follows from seed, message and attempt', () => {
    const first = retryRandom(1, 'id', 0);
    expect(retryRandom(1, 'id', 0)).toBe(first);
    expect(
      new Set([first, retryRandom(2, 'id', 0), retryRandom(1, 'other', 0), retryRandom(1, 'id', 1)])
        .size,
    ).toBe(4);
    const many = Array.from({ length: 1000 }, (_, i) => retryRandom(1, `id${i}`, 0));
    expect(Math.min(...many)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...many)).toBeLessThan(1);
    expect(many.reduce((sum, value) => sum + value) / many.length).toBeCloseTo(0.5, 1);
  });
});

describe('the schedule of a message that keeps failing', () => {
  it('has nine attempts by default, and expires when the ninth fails', () => {
    const schedule = retrySchedule(DEFAULT_RETRY_TIMING);
    expect(schedule.attempts.map(({ at_seconds }) => at_seconds / MINUTE)).toEqual([
      0, 20, 60, 140, 300, 620, 1260, 2540, 5100,
    ]);
    expect(schedule).toMatchObject({
      total_attempts: 9,
      expires_at_seconds: 5100 * MINUTE,
      max_age_seconds: 7 * DAY,
    });
  });

  it('tells the delay before each attempt', () => {
    const timing = {
      retry_interval_seconds: 60,
      max_retry_interval_seconds: 100,
      max_age_seconds: 300,
    };
    expect(retrySchedule(timing)).toEqual({
      attempts: [
        { attempt: 1, at_seconds: 0, delay_seconds: 0 },
        { attempt: 2, at_seconds: 60, delay_seconds: 60 },
        { attempt: 3, at_seconds: 160, delay_seconds: 100 },
        { attempt: 4, at_seconds: 260, delay_seconds: 100 },
      ],
      total_attempts: 4,
      expires_at_seconds: 260,
      max_age_seconds: 300,
    });
  });

  it('still tries when the next attempt falls exactly on max_age', () => {
    expect(expiresAt({ retry_interval_seconds: 1, max_age_seconds: 100 }, 40, 60)).toBe(false);
    expect(expiresAt({ retry_interval_seconds: 1, max_age_seconds: 100 }, 40, 61)).toBe(true);
  });

  it('counts what it does not list', () => {
    const timing = {
      retry_interval_seconds: 1,
      max_retry_interval_seconds: 1,
      max_age_seconds: 7 * DAY,
    };
    const schedule = retrySchedule(timing, 50);
    expect(schedule.attempts).toHaveLength(50);
    expect(schedule.total_attempts).toBe(7 * DAY + 1);
    expect(schedule.expires_at_seconds).toBe(7 * DAY);
  });

  it('has no end when there is no delay', () => {
    const schedule = retrySchedule({ retry_interval_seconds: 0.2, max_age_seconds: DAY });
    expect(schedule.attempts).toHaveLength(1);
    expect(schedule.expires_at_seconds).toBeUndefined();
    expect(schedule.total_attempts).toBeUndefined();
  });
});

describe('durations of a queue config', () => {
  it('are read from humantime text', () => {
    expect(
      retryTimingOf({ retry_interval: '1h 30m', max_retry_interval: '4h', max_age: '2days' }),
    ).toEqual({
      retry_interval_seconds: 5400,
      max_retry_interval_seconds: 14400,
      max_age_seconds: 2 * DAY,
    });
  });

  it('have kumod defaults', () => {
    expect(retryTimingOf({ max_retry_interval: null })).toEqual(DEFAULT_RETRY_TIMING);
  });

  it('are printed as kumod prints them', () => {
    expect(humantimeOf(7 * DAY + 2 * 3600 + 5.25)).toBe('7days 2h 5s 250ms');
  });
});
