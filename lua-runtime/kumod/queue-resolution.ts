/**
 * From the name of a scheduled queue to where its messages go: the effective queue config, the
 * egress source and the ready queue. KumoMTA crates/kumod/src/queue/queue.rs 68-107.
 */
import type { EffectiveQueueConfig } from '../kumo/kumo-module.ts';
import type {
  PolicyFailure,
  QueueNameParts,
  QueueResolution,
  RecordedValue,
  ResolvedProtocol,
  SourceLocation,
} from '../recording/entries.ts';
import { failureWithoutTraceback, microseconds, plainFailure } from './entry-writer.ts';
import { askHandlers } from './event-dispatch.ts';
import { internalQueue, type InternalQueue } from './internal-queues.ts';
import type { PolicyContext } from './policy-context.ts';
import { parseQueueName } from './queue-name.ts';
import { readyQueueName, UNSPECIFIED } from './ready-queue.ts';

const EVENT = 'get_queue_config';

/** Runs get_queue_config for a scheduled queue and writes a `queue-config` entry. Never throws. */
export function resolveQueue(context: PolicyContext, queue: string): QueueResolution {
  const started = context.host.now();
  const parts = parseQueueName(queue);
  const decision = decide(context, queue, parts);
  const at = context.entries.now();
  const resolution: QueueResolution = {
    queue,
    parts,
    ...decision,
    duration_us: microseconds(started, at),
  };
  const { handler } = decision;
  context.entries.emitAt(
    at,
    handler === undefined
      ? { kind: 'queue-config', resolution }
      : { kind: 'queue-config', resolution, location: handler },
  );
  return resolution;
}

type Decision = Omit<QueueResolution, 'queue' | 'parts' | 'duration_us'>;

function decide(context: PolicyContext, queue: string, parts: QueueNameParts): Decision {
  const internal = internalQueue(queue);
  if (internal !== undefined) return internalDecision(context, internal, parts);
  const { kumo, vm, L } = context;
  const { domain, tenant, campaign, routing_domain: routingDomain } = parts;
  const recorded: RecordedValue[] = [
    domain,
    tenant ?? null,
    campaign ?? null,
    routingDomain ?? null,
  ];
  const end = askHandlers(context, EVENT, recorded, () => {
    vm.pushText(L, domain);
    pushOptionalText(context, tenant);
    pushOptionalText(context, campaign);
    pushOptionalText(context, routingDomain);
    return 4;
  });
  if (end.kind === 'fell-through') {
    return effective(context, parts, kumo.defaultQueueConfig(), end.asked, undefined);
  }
  const handler = end.handler.location;
  if (end.kind === 'failed') {
    return failed(context, end.asked, handler, plainFailure(end.failure));
  }
  const config = kumo.readQueueConfig(L, end.end.base + 1);
  vm.setTop(L, end.end.base);
  if (!config.ok) {
    return failed(context, end.asked, handler, failureWithoutTraceback(config.error, handler));
  }
  return effective(context, parts, config.value, end.asked, handler);
}

function failed(
  context: PolicyContext,
  asked: number,
  handler: SourceLocation | undefined,
  error: PolicyFailure,
): Decision {
  context.entries.emitError(EVENT, error);
  return {
    handlers_asked: asked,
    fields_set: [],
    error,
    ...(handler === undefined ? undefined : { handler }),
  };
}

function effective(
  context: PolicyContext,
  parts: QueueNameParts,
  { config, fieldsSet: fields_set, protocol: asConfigured }: EffectiveQueueConfig,
  handlers_asked: number,
  handler: SourceLocation | undefined,
): Decision {
  const protocol = withConstructorLocation(context, asConfigured);
  const pool = config.egress_pool;
  // Written out rather than spread together: this is on the way of every resolution.
  const decision: Writable<Decision> = {
    handlers_asked,
    config,
    fields_set,
    protocol,
    egress_pool: typeof pool === 'string' ? pool : UNSPECIFIED,
  };
  if (handler !== undefined) decision.handler = handler;
  if (decision.egress_pool === UNSPECIFIED) {
    decision.egress_source = UNSPECIFIED;
    decision.ready_queue = readyQueueName(parts, protocol, UNSPECIFIED).name;
  }
  return decision;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function withConstructorLocation(
  context: PolicyContext,
  protocol: ResolvedProtocol,
): ResolvedProtocol {
  if (protocol.kind !== 'custom_lua') return protocol;
  const event = protocol.constructor_event;
  context.constructorEvents.add(event);
  const location = context.kumo.registrations.handlers(event)[0]?.location;
  return location === undefined ? protocol : { ...protocol, constructor_location: location };
}

function internalDecision(
  context: PolicyContext,
  internal: InternalQueue,
  parts: QueueNameParts,
): Decision {
  const defaults = context.kumo.defaultQueueConfig();
  const routing = parts.routing_domain ?? parts.domain;
  return {
    handlers_asked: 0,
    config: { ...defaults.config, ...internal.config },
    fields_set: [],
    ...(internal.protocol === undefined ? undefined : { protocol: internal.protocol }),
    egress_pool: UNSPECIFIED,
    egress_source: UNSPECIFIED,
    ready_queue: `${UNSPECIFIED}->${routing}@${internal.ready_queue_protocol}`,
  };
}

function pushOptionalText(context: PolicyContext, text: string | undefined): void {
  if (text === undefined) context.vm.pushNil(context.L);
  else context.vm.pushText(context.L, text);
}
