/** What is asked for and shown when the script stands still. */
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { KumoStoppedEvent, RunPosition } from '../../../electron/bridge/debug.ts';
import { showExecution } from '../editor/execution-line.ts';
import { readFrameValues, showFrameValues } from '../values/load-values.ts';
import type { DapClient } from './dap-client.ts';
import { currentClient } from './current-client.ts';
import type { RunMark } from './run-marks.ts';
import { selectedFrame, useSession, type Stack } from './session-store.ts';
import { stopWords } from './stop-words.ts';

/** Grows with every stop and every going on: answers that belong to an older one are dropped. */
let moment = 0;

/** The script goes on: what was asked about it so far is of no interest any more. */
export function leaveStop(): void {
  moment += 1;
}

/** Grows with every frame that is to be shown: of two the later one counts. */
let frameAsks = 0;

/** As many frames are asked for at once. A runaway recursion has 200,000. */
const framesAtOnce = 20;

/** The innermost frame with a text to show; the innermost of all when there is none. */
function frameToShow(frames: readonly Dap.StackFrame[]): Dap.StackFrame | undefined {
  return frames.find((frame) => frame.source?.path !== undefined) ?? frames[0];
}

async function askStack(client: DapClient, threadId: number): Promise<Stack> {
  const answer = await client.request('stackTrace', {
    threadId,
    startFrame: 0,
    levels: framesAtOnce,
  });
  const frames = answer.stackFrames;
  return { frames, total: answer.totalFrames ?? frames.length };
}

/** So long the line waits for the values: one picture is drawn in half the time of two. */
const waitForValuesMs = 40;

/** What comes in time; nothing when it fails, too: who awaits it itself learns that. */
function within<T>(answer: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, ms, undefined);
    void answer
      .catch(() => undefined)
      .then((value) => {
        clearTimeout(late);
        resolve(value);
      });
  });
}

/**
 * Asks for frames and values and shows them together, the frames alone when the values take long;
 * then asks for the run's marks and entries.
 */
export async function showStop(
  client: DapClient,
  body: KumoStoppedEvent['body'],
  position: RunPosition | undefined,
): Promise<void> {
  moment += 1;
  const mine = moment;
  const threadId = body.threadId ?? 1;
  const before = selectedFrame(useSession.getState());
  const [{ threads }, stack] = await Promise.all([
    client.request('threads'),
    askStack(client, threadId),
  ]);
  if (mine !== moment) return;
  const frame = frameToShow(stack.frames);
  await showFrame(client, frame, before, mine, () =>
    useSession.setState({
      phase: 'stopped',
      looksRunning: false,
      stop: stopWords(body),
      threads,
      stacks: new Map([[threadId, stack]]),
      threadId,
      frameId: frame?.id,
      position: position && { ...position, tick: body.kumo.tick },
    }),
  );
  if (mine === moment) await loadRun(client);
}

/** @param select says in the store that this frame is the one that is shown */
async function showFrame(
  client: DapClient,
  frame: Dap.StackFrame | undefined,
  before: Dap.StackFrame | undefined,
  mine: number,
  select: () => void,
): Promise<void> {
  frameAsks += 1;
  const ask = frameAsks;
  const isWanted = (): boolean => mine === moment && ask === frameAsks;
  const compare = frame?.name === before?.name && frame?.source?.path === before?.source?.path;
  const values = frame && readFrameValues(client, frame.id, compare);
  const inTime = values && (await within(values, waitForValuesMs));
  if (!isWanted()) return;
  select();
  showExecution(frame, frame === innermostFrame());
  const shown = inTime ?? (await values);
  if (!frame || !shown || !isWanted()) return;
  markShown();
  await showFrameValues(client, frame.id, shown);
}

function innermostFrame(): Dap.StackFrame | undefined {
  const { stacks, threadId } = useSession.getState();
  return threadId === undefined ? undefined : frameToShow(stacks.get(threadId)?.frames ?? []);
}

/** For the bench: from the key to the frame in which the values are on the screen. */
function markShown(): void {
  requestAnimationFrame(() => performance.mark('workbench-debug-stop-shown'));
}

/** Shows another frame's line and values; the script stays where it is. */
export async function selectFrame(threadId: number, frame: Dap.StackFrame): Promise<void> {
  const client = currentClient();
  if (!client || useSession.getState().phase !== 'stopped') return;
  const before = selectedFrame(useSession.getState());
  useSession.setState({ threadId, frameId: frame.id });
  await showFrame(client, frame, before, moment, () => undefined);
}

/** Fetches a thread's frames, or the next of them. */
export async function loadMoreFrames(threadId: number): Promise<void> {
  const client = currentClient();
  const mine = moment;
  if (!client) return;
  const there = useSession.getState().stacks.get(threadId);
  const stack = there ? await askMore(client, threadId, there) : await askStack(client, threadId);
  if (mine !== moment) return;
  useSession.setState(({ stacks }) => ({ stacks: new Map(stacks).set(threadId, stack) }));
}

async function askMore(client: DapClient, threadId: number, there: Stack): Promise<Stack> {
  const answer = await client.request('stackTrace', {
    threadId,
    startFrame: there.frames.length,
    levels: framesAtOnce * 5,
  });
  const frames = [...there.frames, ...answer.stackFrames];
  return { frames, total: answer.totalFrames ?? frames.length };
}

/** As many entries are asked for at once. */
const entriesAtOnce = 500;

/** Entries that the recording has gained. */
async function loadEntries(client: DapClient): Promise<void> {
  let { entries } = useSession.getState();
  for (;;) {
    const after = entries.at(-1)?.seq ?? 0;
    const answer = await client.request('kumo/entries', { after, limit: entriesAtOnce });
    if (client !== currentClient()) return;
    if (answer.entries.length > 0) entries = [...entries, ...answer.entries];
    if (answer.entries.length < entriesAtOnce) break;
  }
  if (entries !== useSession.getState().entries) useSession.setState({ entries });
}

/** Marks are only ever added: a run that has no new ones is not drawn anew. */
function isSameMarks(marks: readonly RunMark[], before: readonly RunMark[]): boolean {
  return marks.length === before.length && marks.at(-1)?.tick === before.at(-1)?.tick;
}

/** The slider's marks and the recording; asked for again only when the run has grown. */
async function loadRun(client: DapClient): Promise<void> {
  const { position, marks, marksUpTo } = useSession.getState();
  if (position === undefined || (marks.length > 0 && marksUpTo === position.last)) return;
  const [answer] = await Promise.all([client.request('kumo/marks'), loadEntries(client)]);
  if (client !== currentClient()) return;
  useSession.setState((state) => ({
    marks: isSameMarks(answer.marks, state.marks) ? state.marks : answer.marks,
    marksUpTo: position.last,
  }));
}

/** Values and frames again, after a person changed a variable. */
export async function showStopAgain(): Promise<void> {
  const client = currentClient();
  const frame = selectedFrame(useSession.getState());
  if (!client || !frame) return;
  const values = await readFrameValues(client, frame.id, true);
  if (client === currentClient()) await showFrameValues(client, frame.id, values);
}
