import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatClockTime,
  formatMicroseconds,
  formatQuantity,
  formatSeconds,
} from '../../../renderer/wording/quantities.ts';

it.each([
  [0, '0s'],
  [45, '45s'],
  [300, '5m'],
  [1219, '20m 19s'],
  [4800, '1h 20m'],
  [3601, '1h'],
  [86_400, '1day'],
  [307_200, '3days 13h'],
  [604_800, '7days'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

it.each([
  [600, '0.6 ms'],
  [12_400, '12 ms'],
  [5_000_000, '5.0 s'],
])('writes %d microseconds as %s', (microseconds, text) => {
  expect(formatMicroseconds(microseconds)).toBe(text);
});

describe('sizes and counts', () => {
  it('counts bytes exactly as long as they can be compared at a glance', () => {
    expect(formatBytes(1)).toBe('1 byte');
    expect(formatBytes(1047)).toBe('1,047 bytes');
    expect(formatBytes(34_200)).toBe('34 kB');
    expect(formatBytes(2_100_000)).toBe('2.1 MB');
  });

  it('uses the plural that is given', () => {
    expect(formatQuantity(1, 'entry', 'entries')).toBe('1 entry');
    expect(formatQuantity(1210, 'entry', 'entries')).toBe('1,210 entries');
  });
});

it('writes the local time of day to the millisecond', () => {
  expect(formatClockTime(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
});
