import { seqAt } from '../session/run-marks.ts';
import { useSession } from '../session/session-store.ts';

/** Nothing has happened yet. */
const beforeAll = 0;

/**
 * How far the recording has come where the run stands: the `seq` of its newest entry there.
 *
 * @param deliveryId of the recording that is looked at; absent: of the debugged run itself
 * @returns undefined when that is not what is debugged, or nothing is
 */
export function useSeqNow(deliveryId?: number): number | undefined {
  return useSession(({ phase, debuggee, marks, position }) => {
    if (phase === 'none' || position === undefined || marks.length === 0) return undefined;
    const isThis =
      deliveryId === undefined ||
      (debuggee?.kind === 'delivery' && debuggee.deliveryId === deliveryId);
    if (!isThis) return undefined;
    // At the newest line everything has happened that has, also after it.
    if (position.tick === position.last) return undefined;
    return seqAt(marks, position.tick) ?? beforeAll;
  });
}
