import type { RetrySchedule } from '../../electron/bridge/contract.ts';

export interface RetryMark {
  readonly attempt: number;
  readonly atSeconds: number;
  /** 0 (now) to 1 (expiry). */
  readonly position: number;
}

/**
 * Where the attempts stand on a line from now to expiry. Delays double, so a linear line would
 * heap the first attempts on one spot: the square root of the time spreads them and keeps the order.
 */
export function retryMarks(schedule: RetrySchedule): RetryMark[] {
  const end = Math.max(schedule.expiresAtSeconds, 1);
  return schedule.attempts.map(({ attempt, atSeconds }) => ({
    attempt,
    atSeconds,
    position: Math.min(Math.sqrt(Math.max(atSeconds, 0) / end), 1),
  }));
}

/**
 * Those marks that have room for a label, from the first on.
 *
 * @param room a label's width, as a part of the line; both ends are taken by labels of their own
 */
export function labelledMarks(marks: readonly RetryMark[], room: number): RetryMark[] {
  const labelled: RetryMark[] = [];
  let taken = room;
  for (const mark of marks) {
    if (mark.position <= taken || mark.position >= 1 - room) continue;
    labelled.push(mark);
    taken = mark.position + room;
  }
  return labelled;
}
