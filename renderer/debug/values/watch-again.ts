import { currentClient } from '../session/current-client.ts';
import { useSession } from '../session/session-store.ts';
import { reloadWatched } from './load-values.ts';
import { useWatches } from './watches-store.ts';

/** Evaluates the watched expressions again when there are others. */
export function watchAgainOnChange(): void {
  useWatches.subscribe((state, before) => {
    const client = currentClient();
    const { phase, frameId } = useSession.getState();
    if (state.expressions === before.expressions || !client) return;
    if (phase !== 'stopped' || frameId === undefined) return;
    reloadWatched(client, frameId).catch(() => {
      // The script went on meanwhile; the next stop evaluates them.
    });
  });
}
