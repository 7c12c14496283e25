/**
 * Fires an event of the policy by hand, with arguments that a person wrote, to look at its handlers
 * without a delivery around them. Handlers are asked as kumod asks them
 * (KumoMTA crates/config/src/lib.rs 182-345).
 */
import type { JsonValue, RecordedValue } from '../recording/entries.ts';
import { plainFailure } from './entry-writer.ts';
import { tracedCall } from './event-dispatch.ts';
import type { PolicyContext } from './policy-context.ts';
import { formatQueueName } from './queue-name.ts';
import { QUEUE_CONFIG_EVENT, resolveQueue } from './queue-resolution.ts';
import type { ScriptEnd } from './runtime-contract.ts';

/**
 * `get_queue_config` resolves the queue that its arguments (domain, tenant, campaign,
 * routing_domain) name, so that what follows from the answer is seen too.
 *
 * @param args each becomes one parameter of the handler: null is nil, integral numbers are integers.
 * @throws Error when the queue of get_queue_config is not named by a string.
 */
export function fireEvent(
  context: PolicyContext,
  event: string,
  args: readonly JsonValue[],
): ScriptEnd {
  const { entries, kumo, vm, L } = context;
  entries.emit({ kind: 'event', event, arguments: args });
  const handlers = kumo.registrations.handlers(event);
  if (event === QUEUE_CONFIG_EVENT) {
    const { error } = resolveQueue(context, queueOf(args));
    const registered = handlers.length > 0;
    return error === undefined ? { registered } : { registered, failure: error };
  }
  kumo.setCurrentEvent(event);
  const base = vm.getTop(L);
  for (const { ref, location } of handlers) {
    vm.checkStack(L, args.length + 1);
    vm.pushRef(L, ref);
    const recorded: RecordedValue[] = args.map((argument) => {
      kumo.pushJson(L, argument);
      return kumo.recordValue(L, -1);
    });
    const end = tracedCall(context, event, location, recorded, args.length);
    vm.setTop(L, base);
    if (end.failure !== undefined) {
      const failure = plainFailure(end.failure);
      entries.emitError(event, failure);
      return { registered: true, failure };
    }
    if (end.count > 0) break;
  }
  return { registered: handlers.length > 0 };
}

function queueOf(args: readonly JsonValue[]): string {
  const [domain, tenant, campaign, routingDomain] = args.map((argument) =>
    typeof argument === 'string' ? argument : undefined,
  );
  if (domain === undefined) {
    throw new Error('get_queue_config takes a domain; give the arguments as ["example.com"].');
  }
  return formatQueueName({
    domain,
    ...(tenant === undefined ? undefined : { tenant }),
    ...(campaign === undefined ? undefined : { campaign }),
    ...(routingDomain === undefined ? undefined : { routing_domain: routingDomain }),
  });
}
