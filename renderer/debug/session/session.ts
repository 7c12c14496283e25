/** Starts, follows and ends the one debugged run of the window, as a client of DAP. */
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { MessageForm } from '../../../electron/bridge/contract.ts';
import type {
  KumoLaunchArguments,
  KumoPositionEvent,
  KumoStoppedEvent,
} from '../../../electron/bridge/debug.ts';
import { sentenceOf, workbench } from '../../bridge/workbench-bridge.ts';
import { notify } from '../../shell/notices-store.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import { sendAllBreakpoints, takeBreakpointEvent } from '../breakpoints/send-breakpoints.ts';
import { hideExecution } from '../editor/execution-line.ts';
import { closeRecordedTexts } from '../editor/recorded-text.ts';
import { takeOutput } from './debug-output.ts';
import { noValues, useValues } from '../values/values-store.ts';
import { noteRunTexts } from './changed-files.ts';
import { currentClient, setCurrentClient } from './current-client.ts';
import { DapClient } from './dap-client.ts';
import { requestPause } from './request-pause.ts';
import { resetSession, useSession, type Debuggee } from './session-store.ts';
import { leaveStop, showStop } from './show-stop.ts';
import { absolutePath } from './source-path.ts';

/** What the window launches: the form's message, or a delivery of the history once more. */
export type Launch = { readonly form: MessageForm } | { readonly deliveryId: number };

interface Started {
  readonly launch: Launch;
  readonly debuggee: Debuggee;
}

let started: Started | undefined;
/** Where the newest stop is, shown or not. */
let position: KumoPositionEvent['body'] | undefined;
/** The bridge's name of the session. */
let sessionId: string | undefined;

/** Begins a session; the one before is ended. Says it when that fails. */
export async function startSession(launch: Launch, debuggee: Debuggee): Promise<void> {
  if (currentClient()) await endSession();
  started = { launch, debuggee };
  useSession.setState(({ number }) => ({
    phase: 'starting',
    isPauseWanted: false,
    debuggee,
    number: number + 1,
  }));
  try {
    await open(launch, debuggee);
  } catch (error) {
    // Ended by the person meanwhile: that needs no excuse.
    if (useSession.getState().phase !== 'none') notify(sentenceOf(error), 'fail');
    await endSession();
  }
}

async function open(launch: Launch, debuggee: Debuggee): Promise<void> {
  await noteRunTexts(debuggee);
  const { session } = await workbench.call('debug.start', {});
  const client = new DapClient((message) => {
    workbench.call('debug.send', { session, message }).catch((error: unknown) => {
      client.close(sentenceOf(error));
    });
  });
  sessionId = session;
  position = undefined;
  setCurrentClient(client);
  const initialized = new Promise<void>((resolve) => {
    client.onEvent((event) => {
      if (event.event === 'initialized') resolve();
      else take(client, event);
    });
  });
  await client.request('initialize', {
    clientID: 'kumo-workbench',
    clientName: 'Kumo Policy Workbench',
    adapterID: 'kumo',
    linesStartAt1: true,
    columnsStartAt1: true,
    pathFormat: 'path',
    supportsVariableType: true,
    supportsVariablePaging: true,
    supportsANSIStyling: false,
  });
  const launched = client.request('launch', launchArguments(launch));
  // A launch that is refused never gets as far as `initialized`.
  await Promise.race([initialized, launched]);
  await sendAllBreakpoints(client);
  await client.request('configurationDone', {});
  await launched;
  if (useSession.getState().phase === 'starting') setRunning();
  const { phase, isPauseWanted } = useSession.getState();
  if (phase === 'running' && isPauseWanted) await requestPause(client);
}

function launchArguments(launch: Launch): KumoLaunchArguments & Launch {
  const { root = '', policyFile = '' } = useWorkspace.getState().workspace ?? {};
  return { program: absolutePath(root, policyFile), stopOnEnd: true, ...launch };
}

/** How long a script runs before the window says that it does: a step must not flicker. */
const looksRunningAfterMs = 150;
let runningTimer: ReturnType<typeof setTimeout> | undefined;

function setRunning(): void {
  leaveStop();
  // A start shows as running already; only after a stop there is something that could flicker.
  useSession.setState(({ phase, looksRunning }) => ({
    phase: 'running',
    looksRunning: looksRunning || phase === 'starting',
  }));
  clearTimeout(runningTimer);
  runningTimer = setTimeout(() => {
    if (useSession.getState().phase !== 'running') return;
    useSession.setState({ looksRunning: true, stop: undefined });
    hideExecution();
  }, looksRunningAfterMs);
}

function take(client: DapClient, event: Dap.Event): void {
  switch (event.event) {
    case 'stopped':
      clearTimeout(runningTimer);
      showStop(client, event.body as KumoStoppedEvent['body'], position).catch((error: unknown) => {
        if (client === currentClient()) notify(sentenceOf(error), 'fail');
      });
      break;
    case 'continued':
      setRunning();
      break;
    case 'kumo/position':
      // The stop that follows shows it with the rest, in one picture.
      position = event.body as KumoPositionEvent['body'];
      break;
    case 'breakpoint':
      takeBreakpointEvent(event.body as Dap.BreakpointEvent['body']);
      break;
    case 'output':
      takeOutput(event.body as Dap.OutputEvent['body']);
      break;
    case 'terminated':
      void endSession();
      break;
    default:
      break;
  }
}

/** Ends the run however it hangs, and the session with it. */
export async function endSession(): Promise<void> {
  const ending = sessionId;
  sessionId = undefined;
  clearTimeout(runningTimer);
  leaveStop();
  currentClient()?.close('The debugged run was ended.');
  setCurrentClient(undefined);
  resetSession();
  useValues.setState(({ expanded }) => ({ ...noValues, expanded }));
  hideExecution();
  closeRecordedTexts();
  if (ending === undefined) return;
  try {
    await workbench.call('debug.stop', { session: ending });
  } catch {
    // It has ended already, or the link is down and the host ends it with the link.
  }
}

/** Runs the same again from its beginning. */
export async function restartSession(): Promise<void> {
  if (started) await startSession(started.launch, started.debuggee);
}

/** Marks that the script goes on, before the adapter says so. */
export function willRun(): void {
  setRunning();
}

/** What came to the window from the adapter, for the session that is open. */
export function followSession(): void {
  workbench.on('debug.message', ({ session, message }) => {
    if (session === sessionId) currentClient()?.receive(message);
  });
  workbench.onConnection((connected) => {
    if (!connected && currentClient()) void endSession();
  });
}
