import type { Profile, ReadingRequest } from '../../../electron/bridge/debug.ts';
import { sentenceOf, workbench } from '../../bridge/workbench-bridge.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import { currentClient } from '../session/current-client.ts';
import { useSession } from '../session/session-store.ts';
import { noProfile, useProfile } from './profile-store.ts';

const reading: ReadingRequest = { kind: 'profile' };

/** The debugged run as far as it has come, or the newest run of the history. */
async function ask(): Promise<unknown> {
  const client = currentClient();
  if (client && useSession.getState().phase === 'stopped') {
    return (await client.request('kumo/readings', { reading })).result;
  }
  return (await workbench.call('readings.read', { reading })).result;
}

/** Reads where the time of a run went; it is replayed for that and delivers nothing. */
export async function readProfile(): Promise<void> {
  if (useProfile.getState().reading) return;
  useProfile.setState({ reading: true, problem: undefined });
  try {
    // The answer to this kind of reading, which the union of all answers cannot say.
    const profile = (await ask()) as Profile;
    useProfile.setState({ ...noProfile, profile });
  } catch (error) {
    useProfile.setState({ reading: false, problem: sentenceOf(error) });
  }
}

/** A profile belongs to its folder. */
export function followProfile(): void {
  useWorkspace.subscribe((state, before) => {
    if (state.workspace?.root !== before.workspace?.root) useProfile.setState(noProfile);
  });
}
