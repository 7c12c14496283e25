/** A stop in the words of DAP. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Frame, Stop, StopReason } from '../debugger-contract.ts';
import type { KumoStoppedEvent } from './kumo-protocol.ts';
import { RequestProblem } from './request-problem.ts';

/**
 * DAP's reason for each of ours. A handler or a host call that is entered is a function of a name;
 * what went wrong is an exception, for which a client asks `exceptionInfo`.
 */
const REASONS: { readonly [R in StopReason]: string } = {
  entry: 'entry',
  step: 'step',
  breakpoint: 'breakpoint',
  'function-breakpoint': 'function breakpoint',
  handler: 'function breakpoint',
  'host-call': 'function breakpoint',
  reject: 'exception',
  thrown: 'exception',
  uncaught: 'exception',
  nack: 'exception',
  'silent-loss': 'exception',
  pause: 'pause',
  goto: 'goto',
  start: 'start',
  end: 'end',
};

export function stoppedBody(stop: Stop, threadId: number): KumoStoppedEvent['body'] {
  return {
    reason: REASONS[stop.reason],
    description: stop.description,
    ...(stop.failure ? { text: stop.failure.summary } : {}),
    threadId,
    allThreadsStopped: true,
    ...(stop.breakpoints.length > 0 ? { hitBreakpointIds: [...stop.breakpoints] } : {}),
    kumo: { reason: stop.reason, tick: stop.tick },
  };
}

/**
 * Throws when the stop is no exception.
 *
 * @param frames the stack where it stopped, innermost first
 */
export function exceptionInfoBody(
  stop: Stop,
  frames: readonly Frame[],
): DebugProtocol.ExceptionInfoResponse['body'] {
  if (REASONS[stop.reason] !== 'exception') {
    throw new RequestProblem('The script did not stop at an error, a reject or a loss.');
  }
  const message = stop.failure?.summary ?? stop.description;
  return {
    exceptionId: stop.reason,
    description: stop.description,
    breakMode: stop.reason === 'uncaught' ? 'unhandled' : 'always',
    details: { message, typeName: stop.reason, stackTrace: frames.map(frameLine).join('\n') },
  };
}

/** As Lua writes a line of a traceback. */
function frameLine({ name, location }: Frame): string {
  return location ? `${location.file}:${location.line}: in ${name}` : `[C]: in ${name}`;
}
