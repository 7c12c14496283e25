/**
 * How kumod calls a policy's handlers, with the entries that tell about it.
 * KumoMTA crates/config/src/lib.rs 182-345, 768-829.
 *
 * kumod runs each handler as a coroutine of its own. Here it is called directly, so inside a handler
 * `coroutine.isyieldable()` is false and `coroutine.running()` says it is the main thread. What Lua
 * refuses because of it is refused here too: see suspension.ts.
 */
import type { PolicyError, Registration } from '../kumo/kumo-module.ts';
import type { RecordedValue, SourceLocation } from '../recording/entries.ts';
import { MULTIPLE_RESULTS } from '../vm/lua-vm.ts';
import { microseconds } from './entry-writer.ts';
import type { PolicyContext } from './policy-context.ts';

const QUEUE_CONFIG: RecordedValue = { userdata: 'QueueConfig' };

interface CallEnd {
  /** Stack height before the function was pushed: `vm.setTop` to it when done with the results. */
  readonly base: number;
  /** How many results are on the stack, from `base + 1`. */
  readonly count: number;
  readonly failure?: PolicyError;
}

export interface TracedCallEnd extends CallEnd {
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
): TracedCallEnd {
  const { L, kumo } = context;
  const span = context.entries.nextSpan();
  const started = context.entries.emit(
    location === undefined
      ? { kind: 'call', span, event, arguments: recordedArguments }
      : { kind: 'call', span, event, arguments: recordedArguments, location },
  );
  const end = plainCall(context, event, args);
  if (end.failure !== undefined) {
    return { ...end, at: endSpan(context, span, event, [], started, true) };
  }
  const { base, count } = end;
  const values: RecordedValue[] = [];
  for (let i = 1; i <= count; i++) {
    values.push(
      // A config is told in full by the queue-config entry that follows.
      kumo.isQueueConfig(L, base + i) ? QUEUE_CONFIG : kumo.recordValue(L, base + i),
    );
  }
  return { base, count, at: endSpan(context, span, event, values, started, false) };
}

/** The same without entries. */
function plainCall({ vm, L, kumo, host }: PolicyContext, event: string, args: number): CallEnd {
  const base = vm.getTop(L) - args - 1;
  host.scriptStarts(event);
  const failure = kumo.call(L, args, MULTIPLE_RESULTS);
  host.scriptEnds();
  return failure === undefined ? { base, count: vm.getTop(L) - base } : { base, count: 0, failure };
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
 * @param args each becomes a string parameter of the handler, undefined becomes nil.
 */
export function askHandlers(
  context: PolicyContext,
  event: string,
  args: readonly (string | undefined)[],
): MultiEventEnd {
  const { vm, L, kumo, host } = context;
  kumo.setCurrentEvent(event);
  const handlers = kumo.registrations.handlers(event);
  let asked = 0;
  for (const handler of handlers) {
    asked++;
    vm.pushRef(L, handler.ref);
    for (const argument of args) {
      if (argument === undefined) vm.pushNil(L);
      else vm.pushText(L, argument);
    }
    const end = host.recording
      ? tracedCall(context, event, handler.location, args.map(recordedText), args.length)
      : plainCall(context, event, args.length);
    if (end.failure !== undefined) {
      return { kind: 'failed', asked, handler, failure: end.failure };
    }
    if (end.count > 0) return { kind: 'answered', asked, handler, end };
  }
  return { kind: 'fell-through', asked };
}

function recordedText(text: string | undefined): RecordedValue {
  return text ?? null;
}
