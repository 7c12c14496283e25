/** DAP's stackTrace: pages of frames, written as the client wants them. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Frame } from '../debugger-contract.ts';
import { clientColumn, clientLine } from './client-conventions.ts';
import type { DapSession } from './dap-session.ts';
import type { DebuggedRun } from './debugged-run.ts';
import type { RequestArguments } from './request-arguments.ts';

/** A runaway recursion has 200,000 frames; a client that asks for all of them pages on from here. */
const MOST_FRAMES = 1_000;

export async function stackTrace(
  session: DapSession,
  args: RequestArguments,
): Promise<DebugProtocol.StackTraceResponse['body']> {
  const run = session.stopped();
  const { context } = run.target.position();
  const thread = session.threads.threadOf(args.number('threadId'), context);
  const levels = args.optionalNumber('levels') ?? 0;
  const { frames, total } = await run.target.ask({
    kind: 'stack',
    thread,
    start: args.optionalNumber('startFrame') ?? 0,
    count: levels > 0 ? Math.min(levels, MOST_FRAMES) : MOST_FRAMES,
  });
  const format = args.object('format');
  const stackFrames = frames.map((frame) =>
    frameBody(session, run, frame, frameName(frame, format)),
  );
  return { stackFrames, totalFrames: total };
}

function frameBody(
  { client }: DapSession,
  run: DebuggedRun,
  frame: Frame,
  name: string,
): DebugProtocol.StackFrame {
  const { location, kind } = frame;
  const hint = kind === 'host' ? 'label' : kind === 'c' ? 'subtle' : undefined;
  return {
    id: run.references.ofFrame(frame.id),
    name,
    ...(location ? { source: run.sources.sourceOf(location.file) } : {}),
    // DAP: without a source a client ignores both, and they should be 0.
    line: location ? clientLine(client, location.line) : 0,
    column: location ? clientColumn(client, 0) : 0,
    ...(hint === undefined ? {} : { presentationHint: hint }),
  };
}

/**
 * DAP's StackFrameFormat, as far as there is something to say: parameters are among the locals. A tail
 * call is always marked, for lack of a field of its own.
 */
function frameName({ name, location, tail }: Frame, format: RequestArguments): string {
  const all = format.flag('includeAll');
  const words = [name];
  if (location && (all || format.flag('module'))) words.push(location.file);
  if (location && (all || format.flag('line'))) words.push(`line ${location.line}`);
  if (tail) words.push('(tail call)');
  return words.join(' ');
}
