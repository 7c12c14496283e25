import type { LogPointReading } from '../../../electron/bridge/debug.ts';

export interface PointValue {
  readonly text: string;
  readonly message: number | undefined;
  /** Where it was said in the debugged recording; absent for other messages of the run. */
  readonly tick: number | undefined;
}

export interface PointValues {
  /** How often the point was passed; absent while nobody knows. */
  readonly passes: number | undefined;
  readonly values: readonly PointValue[];
  readonly problem: string | undefined;
}

/**
 * What a log point said: in the whole run where that was read, else in the debugged recording. Ticks
 * are the debugged recording's, which one can go to.
 *
 * @param own the reading of the debugged recording
 * @param whole the reading of the run that its delivery belongs to
 * @param message the number of that delivery in the run
 */
export function pointValues(
  own: LogPointReading | undefined,
  whole: LogPointReading | undefined,
  message: number | undefined,
): PointValues {
  const ticks = [...(own?.values ?? [])].map(({ tick }) => tick);
  const shown = whole ?? own;
  let next = 0;
  return {
    passes: shown?.passes,
    problem: shown?.problem,
    values: (shown?.values ?? []).map(({ text, message: said }) => {
      const isOwn = !whole || said === message;
      return { text, message: said, tick: isOwn ? ticks[next++] : undefined };
    }),
  };
}
