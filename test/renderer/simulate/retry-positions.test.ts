import { expect, it } from 'vitest';
import { labelledMarks, retryMarks } from '../../../renderer/simulate/retry-positions.ts';

const schedule = {
  attempts: [300, 900, 2100, 4500, 9300].map((atSeconds, index) => ({
    attempt: index + 2,
    atSeconds,
    delaySeconds: 300 * 2 ** index,
  })),
  expiresAtSeconds: 10_000,
};

it('keeps the order of the attempts between now and expiry', () => {
  const positions = retryMarks(schedule).map((mark) => mark.position);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(positions[0]).toBeGreaterThan(0);
  expect(positions.at(-1)).toBeLessThanOrEqual(1);
});

it('labels no two marks closer than a label is wide', () => {
  const room = 0.2;
  const labelled = labelledMarks(retryMarks(schedule), room).map((mark) => mark.position);
  expect(labelled.length).toBeGreaterThan(0);
  labelled.reduce((before, position) => {
    expect(position - before).toBeGreaterThanOrEqual(room);
    return position;
  });
  expect(labelled.at(-1)).toBeLessThan(1 - room);
});
