/** How a person moves a run: by buttons, keys and the slider. */
import { sentenceOf } from '../../bridge/workbench-bridge.ts';
import { notify } from '../../shell/notices-store.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import { currentClient } from './current-client.ts';
import type { DapClient } from './dap-client.ts';
import { requestPause } from './request-pause.ts';
import { willRun } from './session.ts';
import { useSession } from './session-store.ts';
import { absolutePath } from './source-path.ts';

type Move = (client: DapClient, threadId: number) => Promise<unknown>;

/** Asks for a move from a stop. Without a stop nothing happens: a key pressed twice is no error. */
async function move(ask: Move): Promise<void> {
  const client = currentClient();
  const { phase, stop } = useSession.getState();
  if (!client || phase !== 'stopped' || !stop) return;
  performance.mark('workbench-debug-asked');
  willRun();
  try {
    await ask(client, stop.threadId);
  } catch (error) {
    if (client !== currentClient()) return;
    // Refused: it still stands where it stood.
    useSession.setState({ phase: 'stopped', looksRunning: false });
    notify(sentenceOf(error), 'fail');
  }
}

export const continueRun = (): Promise<void> =>
  move((client, threadId) => client.request('continue', { threadId }));
export const stepOver = (): Promise<void> =>
  move((client, threadId) => client.request('next', { threadId, granularity: 'line' }));
export const stepInto = (): Promise<void> =>
  move((client, threadId) => client.request('stepIn', { threadId, granularity: 'line' }));
export const stepOut = (): Promise<void> =>
  move((client, threadId) => client.request('stepOut', { threadId, granularity: 'line' }));
export const stepBack = (): Promise<void> =>
  move((client, threadId) => client.request('stepBack', { threadId, granularity: 'line' }));
export const runBack = (): Promise<void> =>
  move((client, threadId) => client.request('reverseContinue', { threadId }));

/** Goes to a tick of the run, back or forth. */
export const seek = (tick: number): Promise<void> =>
  move((client) => client.request('kumo/seek', { tick }));

/** Goes back to the line that gave a variable the value it has. */
export const runBackToLastChange = (variablesReference: number, name: string): Promise<void> =>
  move((client) => client.request('kumo/lastChange', { variablesReference, name }));

/** Runs on until this line, wherever else it passes. */
export const runToLine = (file: string, line: number): Promise<void> =>
  move((client) => {
    const root = useWorkspace.getState().workspace?.root ?? '';
    return client.request('kumo/runTo', { source: { path: absolutePath(root, file) }, line });
  });

/** Asks the script to stand still; one that is being started does at its first line. */
export async function pauseRun(): Promise<void> {
  const client = currentClient();
  const { phase, threadId } = useSession.getState();
  if (phase === 'starting') useSession.setState({ isPauseWanted: true });
  else if (client && phase === 'running') await requestPause(client, threadId);
}
