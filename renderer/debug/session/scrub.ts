import { seek } from './run-control.ts';
import { markBeside } from './run-marks.ts';
import { useSession } from './session-store.ts';

let wanted: number | undefined;
let isMoving = false;

/**
 * Goes to a tick as fast as the debugger can follow: while it is on its way to one, only the newest
 * of those asked for meanwhile is kept.
 */
export function scrubTo(tick: number): void {
  wanted = tick;
  if (!isMoving) void follow();
}

/** Goes to the next mark in a direction, or to the run's end there. */
export async function scrubToMark(direction: 1 | -1): Promise<void> {
  await marksAreKnown();
  const { marks, position } = useSession.getState();
  if (position === undefined) return;
  scrubTo(markBeside(marks, position.tick, direction)?.tick ?? (direction > 0 ? position.last : 1));
}

/** Resolves when the marks of the whole run are here, or there is no run any more. */
function marksAreKnown(): Promise<void> {
  return untilSession(
    ({ position, marksUpTo }) => position === undefined || marksUpTo === position.last,
  );
}

async function follow(): Promise<void> {
  isMoving = true;
  try {
    while (wanted !== undefined) {
      const to = wanted;
      wanted = undefined;
      const { phase, position } = useSession.getState();
      if (phase !== 'stopped' || position?.tick === to) continue;
      await seek(to);
      await stopped();
    }
  } finally {
    isMoving = false;
  }
}

/** Resolves when the script stands still again, or the session is over. */
function stopped(): Promise<void> {
  return untilSession(({ phase }) => phase === 'stopped' || phase === 'none');
}

type Session = ReturnType<typeof useSession.getState>;

function untilSession(isSo: (session: Session) => boolean): Promise<void> {
  if (isSo(useSession.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useSession.subscribe((session) => {
      if (!isSo(session)) return;
      stop();
      resolve();
    });
  });
}
