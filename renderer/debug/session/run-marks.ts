import type { KumoRequests } from '../../../electron/bridge/debug.ts';

/** An entry of the recording and the tick at which the script stood when it was made. */
export type RunMark = KumoRequests['kumo/marks']['body']['marks'][number];

/** A tick's place on the slider, 0 to 1. A run of one line has everything at its end. */
export function placeOf(tick: number, last: number): number {
  return last <= 1 ? 1 : Math.min(Math.max((tick - 1) / (last - 1), 0), 1);
}

/** The tick at a place of the slider. */
export function tickAt(place: number, last: number): number {
  return Math.round(Math.min(Math.max(place, 0), 1) * (Math.max(last, 1) - 1)) + 1;
}

/**
 * Marks that can be told apart: of those that fall on the same pixel only the weightiest stays.
 *
 * @param width of the slider in pixels
 */
export function visibleMarks(
  marks: readonly RunMark[],
  last: number,
  width: number,
): readonly RunMark[] {
  const byPixel = new Map<number, RunMark>();
  for (const mark of marks) {
    const pixel = Math.round((placeOf(mark.tick, last) * width) / 3);
    const there = byPixel.get(pixel);
    if (!there || weight(mark) > weight(there)) byPixel.set(pixel, mark);
  }
  return [...byPixel.values()];
}

/** What went wrong is looked for first, then what reached the broker. */
function weight({ entry }: RunMark): number {
  switch (entry.kind) {
    case 'warning':
    case 'error':
    case 'limit':
      return 4;
    case 'reject':
      return 3;
    case 'verdict':
      return entry.verdict === 'acked' ? 2 : 3;
    case 'publish':
      return 2;
    default:
      return 1;
  }
}

/** The mark next to a tick in a direction: where Ctrl and an arrow go. */
export function markBeside(
  marks: readonly RunMark[],
  tick: number,
  direction: 1 | -1,
): RunMark | undefined {
  const sorted = [...marks].sort((a, b) => a.tick - b.tick);
  return direction > 0
    ? sorted.find((mark) => mark.tick > tick)
    : sorted.findLast((mark) => mark.tick < tick);
}

/**
 * Which entries of a recording have happened at a tick: the newest mark that lies at or before it.
 *
 * @returns its entry's `seq`; undefined before the first mark
 */
export function seqAt(marks: readonly RunMark[], tick: number): number | undefined {
  let seq: number | undefined;
  for (const mark of marks) {
    if (mark.tick <= tick && (seq === undefined || mark.entry.seq > seq)) seq = mark.entry.seq;
  }
  return seq;
}
