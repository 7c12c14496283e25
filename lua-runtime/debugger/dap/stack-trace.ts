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
  const stackFrames = await Promise.all(
    frames.map(async (frame) => {
      const name = await frameName(run, frame, format);
      return frameBody(session, run, frame, name);
    }),
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

/** DAP's StackFrameFormat; a tail call is always marked, for lack of a field of its own. */
async function frameName(
  run: DebuggedRun,
  frame: Frame,
  format: RequestArguments,
): Promise<string> {
  const { location } = frame;
  const all = format.flag('includeAll');
  let name = frame.name;
  if (all || format.flag('parameters')) name += `(${await parametersOf(run, frame, format)})`;
  if (location && (all || format.flag('module'))) name += ` ${location.file}`;
  if (location && (all || format.flag('line'))) name += ` line ${location.line}`;
  return frame.tail ? `${name} (tail call)` : name;
}

async function parametersOf(
  run: DebuggedRun,
  frame: Frame,
  format: RequestArguments,
): Promise<string> {
  if (frame.kind !== 'lua') return '';
  const scopes = await run.target.ask({ kind: 'scopes', frame: frame.id });
  const scope = scopes.find(({ name }) => name === 'Arguments');
  if (!scope) return '';
  const variables = await run.target.ask({ kind: 'variables', ref: scope.ref });
  const named = format.flag('parameterNames');
  const typed = format.flag('parameterTypes');
  const valued = format.flag('parameterValues');
  return variables
    .map(({ name, type, value }) => {
      const left = [...(typed ? [type] : []), ...(named || !valued ? [name] : [])].join(' ');
      if (!valued) return left;
      return left === '' ? value : `${left}=${value}`;
    })
    .join(', ');
}
