/** Keeps the adapter's breakpoints in step with the window's, and takes what became of them. */
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { sentenceOf } from '../../bridge/workbench-bridge.ts';
import { notify } from '../../shell/notices-store.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import { currentClient } from '../session/current-client.ts';
import type { DapClient } from '../session/dap-client.ts';
import { useSession } from '../session/session-store.ts';
import { absolutePath } from '../session/source-path.ts';
import { useBreakpoints, type BreakpointPlace, type LineBreakpoint } from './breakpoints-store.ts';
import { filtersOf, functionsOf, linesOf } from './dap-breakpoints.ts';

/** The adapter's numbers of breakpoints by ours. */
const ownIds = new Map<number, number>();

function notePlaces(ids: readonly number[], answered: readonly Dap.Breakpoint[]): void {
  useBreakpoints.setState(({ places }) => {
    const changed = new Map(places);
    ids.forEach((id, index) => {
      const breakpoint = answered[index];
      if (!breakpoint) return;
      if (breakpoint.id !== undefined) ownIds.set(breakpoint.id, id);
      changed.set(id, placeOf(breakpoint));
    });
    return { places: changed };
  });
}

function placeOf(breakpoint: Dap.Breakpoint): BreakpointPlace {
  return {
    verified: breakpoint.verified,
    ...(breakpoint.line === undefined ? {} : { line: breakpoint.line }),
    ...(breakpoint.message === undefined ? {} : { message: breakpoint.message }),
  };
}

async function sendLines(
  client: DapClient,
  file: string,
  lines: readonly LineBreakpoint[],
): Promise<void> {
  const root = useWorkspace.getState().workspace?.root ?? '';
  const wanted = lines.filter((b) => b.file === file && b.enabled);
  const answer = await client.request('setBreakpoints', {
    source: { path: absolutePath(root, file) },
    breakpoints: linesOf(wanted),
  });
  notePlaces(
    wanted.map(({ id }) => id),
    answer.breakpoints,
  );
}

async function sendFunctions(client: DapClient): Promise<void> {
  const wanted = useBreakpoints.getState().functions.filter((b) => b.enabled);
  const answer = await client.request('setFunctionBreakpoints', {
    breakpoints: functionsOf(wanted),
  });
  notePlaces(
    wanted.map(({ id }) => id),
    answer.breakpoints,
  );
}

async function sendEvents(client: DapClient): Promise<void> {
  await client.request(
    'setExceptionBreakpoints',
    filtersOf(useBreakpoints.getState().events.filter((b) => b.enabled)),
  );
}

/** Sends everything, before the script starts. */
export async function sendAllBreakpoints(client: DapClient): Promise<void> {
  ownIds.clear();
  useBreakpoints.setState({ places: new Map() });
  const { changedFiles } = useSession.getState();
  // Lines of a text that is not the one that runs mean nothing to it.
  const lines = useBreakpoints.getState().lines.filter((b) => !changedFiles.includes(b.file));
  await Promise.all([
    ...[...new Set(lines.map(({ file }) => file))].map((file) => sendLines(client, file, lines)),
    sendFunctions(client),
    sendEvents(client),
  ]);
}

/** The adapter learned more of a breakpoint, for instance because its file was loaded now. */
export function takeBreakpointEvent({ breakpoint }: Dap.BreakpointEvent['body']): void {
  const id = breakpoint.id === undefined ? undefined : ownIds.get(breakpoint.id);
  if (id === undefined) return;
  useBreakpoints.setState(({ places }) => ({
    places: new Map(places).set(id, placeOf(breakpoint)),
  }));
}

/** Sends what a person changes while a session runs, and forgets after it what it made of them. */
export function followBreakpoints(): void {
  useSession.subscribe(({ phase }, before) => {
    if (phase === 'none' && before.phase !== 'none') useBreakpoints.setState({ places: new Map() });
  });
  useBreakpoints.subscribe((state, before) => {
    const client = currentClient();
    if (!client) return;
    const sending: Promise<void>[] = [];
    if (state.lines !== before.lines) {
      const files = new Set([...state.lines, ...before.lines].map(({ file }) => file));
      for (const file of files) {
        if (sameLines(state.lines, before.lines, file)) continue;
        // Its lines are not those that run any more; the next run gets them.
        if (useSession.getState().changedFiles.includes(file)) continue;
        sending.push(sendLines(client, file, state.lines));
      }
    }
    if (state.functions !== before.functions) sending.push(sendFunctions(client));
    if (state.events !== before.events) sending.push(sendEvents(client));
    Promise.all(sending).catch((error: unknown) => {
      if (client === currentClient()) notify(sentenceOf(error), 'fail');
    });
  });
}

function sameLines(
  now: readonly LineBreakpoint[],
  before: readonly LineBreakpoint[],
  file: string,
): boolean {
  const [a, b] = [now, before].map((lines) => lines.filter((one) => one.file === file));
  return a?.length === b?.length && (a ?? []).every((one, index) => one === b?.[index]);
}
