import { describe, expect, it } from 'vitest';
import {
  durationFromFloat,
  formatDuration,
  parseDuration,
} from '../../../lua-runtime/kumo/duration.ts';
import { formatThrottleSpec, parseThrottleSpec } from '../../../lua-runtime/kumo/throttle-spec.ts';

describe('durations', () => {
  it.each([
    ['0', 0, 0],
    ['1h 30m', 5400, 0],
    ['1h30m', 5400, 0],
    [' 20 minutes ', 1200, 0],
    ['1 0 s', 10, 0],
    ['4.2s', 4, 200_000_000],
    ['1.5h', 5400, 0],
    ['0.5 day', 43_200, 0],
    ['1M', 2_630_016, 0],
    ['1y', 31_557_600, 0],
    ['2 wks', 1_209_600, 0],
    ['15us', 0, 15_000],
    ['15µs', 0, 15_000],
    ['1.001ms', 0, 1_001_000],
    ['999 nanos', 0, 999],
  ])('%s', (text, seconds, nanos) => {
    expect(parseDuration(text)).toEqual({ seconds, nanos });
  });

  it.each([
    '',
    ' ',
    '10',
    '60',
    '-5s',
    '1 fortnight',
    '1.',
    '1.s',
    '1,5s',
    's',
    '5 H',
    '1h 5',
    '0.5ns',
    '0.0000000001s',
    '99999999999999999999s',
    '1s;',
    '0.0001h',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    ['0', '0s'],
    ['20m', '20m'],
    ['7d', '7days'],
    ['1d', '1day'],
    ['90061s', '1day 1h 1m 1s'],
    ['1y 1M 1w', '1year 1month 7days'],
    ['2y 2M', '2years 2months'],
    ['1ms 2us 3ns', '1ms 2us 3ns'],
    ['1.5s', '1s 500ms'],
  ])('prints %s as %s', (text, printed) => {
    const duration = parseDuration(text);
    expect(duration && formatDuration(duration)).toBe(printed);
  });

  it('rounds float seconds to the nanosecond', () => {
    expect(durationFromFloat(0.1)).toEqual({ seconds: 0, nanos: 100_000_000 });
    expect(durationFromFloat(0.999_999_999_9)).toEqual({ seconds: 1, nanos: 0 });
  });
});

describe('throttles', () => {
  it.each([
    ['100/h', '100/h'],
    ['100/hr', '100/h'],
    ['1,000/min', '1000/m'],
    ['1_000/2second', '1000/2s'],
    ['20/30m', '20/1800s'],
    ['60/60s', '60/m'],
    ['5/24hour', '5/d'],
    ['local:5/s,max_burst=1_0', 'local:5/s,max_burst=10'],
    ['+5/s', '5/s'],
  ])('reads %s as %s', (text, canonical) => {
    expect(formatThrottleSpec(parseThrottleSpec(text))).toBe(canonical);
  });

  it.each([
    ['5', "expected 'limit/period', got 5"],
    ['local:5', "expected 'limit/period', got 5"],
    ['5/10', 'invalid period quantity 10'],
    ['5/seconds', 'unknown period quantity seconds'],
    ['5/ s', 'unknown period quantity  s'],
    ['5/constructor', 'unknown period quantity constructor'],
    ['x/s', "invalid limit 'x': invalid digit found in string"],
    ['-1/s', "invalid limit '-1': invalid digit found in string"],
    ['/s', "invalid limit '': cannot parse integer from empty string"],
    [
      '99999999999999999999/s',
      "invalid limit '99999999999999999999': number too large to fit in target type",
    ],
    ['5/99999999999999999999s', 'number too big'],
    ['0/s', 'invalid ThrottleSpec `0/s`: limit must be greater than 0!'],
    ['1/s,max_burst=x', "invalid limit 'x': invalid digit found in string"],
  ])('refuses %s', (text, message) => {
    expect(() => parseThrottleSpec(text)).toThrow(new Error(message));
  });
});
