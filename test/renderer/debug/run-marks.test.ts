import { describe, expect, it } from 'vitest';
import {
  markBeside,
  placeOf,
  seqAt,
  tickAt,
  visibleMarks,
  type RunMark,
} from '../../../renderer/debug/session/run-marks.ts';

function mark(tick: number, seq: number, entry: object = { kind: 'print' }): RunMark {
  return { tick, entry: { at: 0, seq, ...entry } } as RunMark;
}

describe('places on the slider', () => {
  it.each([1, 2, 37, 57, 58])('line %i of 58 is found again at its place', (tick) => {
    expect(tickAt(placeOf(tick, 58), 58)).toBe(tick);
  });

  it('has ends, and none is left', () => {
    expect([placeOf(1, 58), placeOf(58, 58), placeOf(99, 58)]).toEqual([0, 1, 1]);
    expect([tickAt(-0.2, 58), tickAt(1.4, 58)]).toEqual([1, 58]);
    expect([placeOf(1, 1), tickAt(0.5, 1), tickAt(0.5, 0)]).toEqual([1, 1, 1]);
  });
});

describe('visibleMarks', () => {
  it('keeps of those on one place the one that says most', () => {
    const loss = mark(500, 3, { kind: 'warning', code: 'silent-loss' });
    const marks = [mark(499, 1), mark(500, 2, { kind: 'publish' }), loss, mark(900, 4)];
    expect(visibleMarks(marks, 1000, 120)).toEqual([loss, marks[3]]);
  });

  it('keeps all that can be told apart', () => {
    const marks = [mark(10, 1), mark(24, 2), mark(37, 3)];
    expect(visibleMarks(marks, 58, 260)).toEqual(marks);
  });

  it('gives a refusal more weight than an ack', () => {
    const nack = mark(5, 2, { kind: 'verdict', verdict: 'nacked' });
    expect(visibleMarks([mark(5, 1, { kind: 'verdict', verdict: 'acked' }), nack], 9, 100)).toEqual(
      [nack],
    );
  });
});

it('finds the mark beside a line in both directions', () => {
  const marks = [mark(37, 3), mark(10, 1), mark(24, 2)];
  expect(markBeside(marks, 24, 1)?.tick).toBe(37);
  expect(markBeside(marks, 24, -1)?.tick).toBe(10);
  expect(markBeside(marks, 37, 1)).toBeUndefined();
});

it('knows which entries have happened at a line', () => {
  const marks = [mark(10, 3), mark(24, 5), mark(24, 6), mark(37, 9)];
  expect(seqAt(marks, 9)).toBeUndefined();
  expect(seqAt(marks, 24)).toBe(6);
  expect(seqAt(marks, 36)).toBe(6);
  expect(seqAt(marks, 58)).toBe(9);
});
