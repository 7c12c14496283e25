import type { KumoStoppedEvent } from '../../../electron/bridge/debug.ts';
import type { StopReason } from './session-store.ts';

const words: Record<string, string> = {
  entry: 'before the first line',
  step: 'after a step',
  breakpoint: 'paused on breakpoint',
  'function-breakpoint': 'paused on function breakpoint',
  handler: 'a handler is entered',
  'host-call': 'a host call is made',
  reject: 'kumo.reject is called',
  thrown: 'an error is raised',
  uncaught: 'an error leaves the handler',
  nack: 'the broker nacked',
  'silent-loss': 'silent loss',
  pause: 'paused',
  goto: 'at the chosen line',
  start: 'the start: nothing earlier',
  end: 'the run is over',
};

/** These are worth their own sentence; for the others the words say it all. */
const withDetail = new Set([
  'handler',
  'host-call',
  'reject',
  'thrown',
  'uncaught',
  'nack',
  'silent-loss',
  'start',
  'end',
]);

/** Why the script stands still, short enough to stand beside the heading of the call stack. */
export function stopWords(body: KumoStoppedEvent['body']): StopReason {
  const { reason } = body.kumo;
  const said = body.description ?? body.text;
  const short = words[reason] ?? said ?? reason;
  const isNews =
    said !== undefined && said.replace(/\.$/, '').toLowerCase() !== short.toLowerCase();
  return {
    reason,
    words: short,
    threadId: body.threadId ?? 1,
    ...(isNews && withDetail.has(reason) ? { detail: said } : {}),
  };
}
