/**
 * How kumod calls a policy's handlers, with the entries that tell about it.
 * KumoMTA crates/config/src/lib.rs 182-345, 768-829.
 *
 * kumod runs each handler as a coroutine of its own. Here it is called directly, so inside a handler
 * `coroutine.isyieldable()` is false and `coroutine.running()` says it is the main thread; nothing
 * else that a policy can observe depends on it.
 */
import type { PolicyError, Registration } from '../kumo/kumo-module.ts';
import type { RecordedValue, SourceLocation } from '../recording/entries.ts';
import { MULTIPLE_RESULTS } from '../vm/lua-vm.ts';
import { microseconds } from './entry-writer.ts';
import type { PolicyContext } from './policy-context.ts';

const QUEUE_CONFIG: RecordedValue = { userdata: 'QueueConfig' };

export interface CallEnd {
  /** Stack height before the function was pushed: `vm.setTop` to it when done with the results. */
  readonly base: number;
  /** How many results are on the stack, from `base + 1`. */
  readonly count: number;
  readonly failure?: PolicyError;
  /** When the call ended, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Calls the function that lies below `args` arguments on the stack, between a `call` and a `return`
 * entry. The results stay on the stack.
 */
export function tracedCall(
  context: PolicyContext,
  event: string,
  location: SourceLocation | undefined,
  recordedArguments: readonly RecordedValue[],
  args: number,
): CallEnd {
  const { vm, L, kumo, host } = context;
  const base = vm.getTop(L) - args - 1;
  const span = context.entries.nextSpan();
  const started = context.entries.emit(
    location === undefined
      ? { kind: 'call', span, event, arguments: recordedArguments }
      : { kind: 'call', span, event, arguments: recordedArguments, location },
  );
  host.scriptStarts(event);
  const failure = kumo.call(L, args, MULTIPLE_RESULTS);
  host.scriptEnds();
  if (failure !== undefined) {
    const at = endSpan(context, span, event, [], started, true);
    return { base, count: 0, failure, at };
  }
  const count = vm.getTop(L) - base;
  const values: RecordedValue[] = [];
  for (let i = 1; i <= count; i++) {
    values.push(
      // A config is told in full by the queue-config entry that follows.
      kumo.isQueueConfig(L, base + i) ? QUEUE_CONFIG : kumo.recordValue(L, base + i),
    );
  }
  return { base, count, at: endSpan(context, span, event, values, started, false) };
}

function endSpan(
  context: PolicyContext,
  span: number,
  event: string,
  values: readonly RecordedValue[],
  started: number,
  failed: boolean,
): number {
  const { entries } = context;
  const at = entries.now();
  const duration_us = microseconds(started, at);
  return entries.emitAt(
    at,
    failed
      ? { kind: 'return', span, event, values, failed, duration_us }
      : { kind: 'return', span, event, values, duration_us },
  );
}

export type MultiEventEnd =
  /** Every handler returned zero values, or there is none. */
  | { readonly kind: 'fell-through'; readonly asked: number }
  | {
      readonly kind: 'answered';
      readonly asked: number;
      readonly handler: Registration;
      /** The values are on the stack from `end.base + 1`; an explicit nil counts as a value. */
      readonly end: CallEnd;
    }
  | {
      readonly kind: 'failed';
      readonly asked: number;
      readonly handler: Registration;
      readonly failure: PolicyError;
    };

/**
 * Asks the handlers of an event in registration order. The first that returns at least one value
 * ends it, even when that value is nil; so does an error.
 *
 * @param pushArguments pushes the arguments anew for each handler and returns how many.
 */
export function askHandlers(
  context: PolicyContext,
  event: string,
  recordedArguments: readonly RecordedValue[],
  pushArguments: () => number,
): MultiEventEnd {
  const { vm, L, kumo } = context;
  kumo.setCurrentEvent(event);
  const handlers = kumo.registrations.handlers(event);
  let asked = 0;
  for (const handler of handlers) {
    asked++;
    vm.pushRef(L, handler.ref);
    const end = tracedCall(context, event, handler.location, recordedArguments, pushArguments());
    if (end.failure !== undefined) {
      return { kind: 'failed', asked, handler, failure: end.failure };
    }
    if (end.count > 0) return { kind: 'answered', asked, handler, end };
  }
  return { kind: 'fell-through', asked };
}
