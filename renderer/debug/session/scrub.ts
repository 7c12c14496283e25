import { seek } from './run-control.ts';
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
  const stands = (): boolean => ['stopped', 'none'].includes(useSession.getState().phase);
  if (stands()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useSession.subscribe(() => {
      if (!stands()) return;
      stop();
      resolve();
    });
  });
}
