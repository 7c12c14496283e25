/**
 * From the name of a scheduled queue to where its messages go: the effective queue config, the
 * egress source and the ready queue. KumoMTA crates/kumod/src/queue/queue.rs 68-107.
 */
import type { EffectiveQueueConfig } from '../kumo/kumo-module.ts';
import type {
  PolicyFailure,
  QueueNameParts,
  QueueResolution,
  ResolvedProtocol,
  SourceLocation,
} from '../recording/entries.ts';
import { failureWithoutTraceback, microseconds, plainFailure } from './entry-writer.ts';
import { askHandlers } from './event-dispatch.ts';
import { internalQueue, type InternalQueue } from './internal-queues.ts';
import type { PolicyContext } from './policy-context.ts';
import { resolutionOf, type QueueDecision, type QueueDecisions } from './queue-decision.ts';
import { parseQueueName } from './queue-name.ts';
import { readyQueuePattern, UNSPECIFIED, type ReadyQueuePattern } from './ready-queue.ts';

export const QUEUE_CONFIG_EVENT = 'get_queue_config';

/** Runs get_queue_config for a scheduled queue and writes a `queue-config` entry. Never throws. */
export function resolveQueue(context: PolicyContext, queue: string): QueueResolution {
  const started = context.host.now();
  const parts = parseQueueName(queue);
  const decision = decide(context, queue, parts);
  const at = context.entries.now();
  const resolution = resolutionOf(queue, parts, decision, microseconds(started, at));
  const { handler } = decision;
  context.entries.emitAt(
    at,
    handler === undefined
      ? { kind: 'queue-config', resolution }
      : { kind: 'queue-config', resolution, location: handler },
  );
  return resolution;
}

/** Runs get_queue_config for each of the queues and records nothing. Never throws. */
export function decideQueues(context: PolicyContext, queues: readonly string[]): QueueDecisions {
  const { host } = context;
  const places = new Map<QueueDecision, number>();
  const which = new Uint32Array(queues.length);
  const durations_us = new Uint32Array(queues.length);
  const recorded = host.recording;
  host.recording = false;
  let started = host.now();
  queues.forEach((queue, i) => {
    const decision = decide(context, queue, parseQueueName(queue));
    const ended = host.now();
    durations_us[i] = microseconds(started, ended);
    started = ended;
    let place = places.get(decision);
    if (place === undefined) {
      place = places.size;
      places.set(decision, place);
    }
    which[i] = place;
  });
  host.recording = recorded;
  return { decisions: [...places.keys()], which, durations_us };
}

function decide(context: PolicyContext, queue: string, parts: QueueNameParts): QueueDecision {
  const internal = internalQueue(queue);
  if (internal !== undefined) return internalDecision(context, internal);
  const { kumo, vm, L } = context;
  const end = askHandlers(context, QUEUE_CONFIG_EVENT, [
    parts.domain,
    parts.tenant,
    parts.campaign,
    parts.routing_domain,
  ]);
  if (end.kind === 'fell-through') {
    return effective(context, kumo.defaultQueueConfig(), end.asked, undefined);
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
  return effective(context, config.value, end.asked, handler);
}

function failed(
  context: PolicyContext,
  asked: number,
  handler: SourceLocation | undefined,
  error: PolicyFailure,
): QueueDecision {
  context.entries.emitError(QUEUE_CONFIG_EVENT, error);
  return {
    handlers_asked: asked,
    fields_set: [],
    error,
    ...(handler === undefined ? undefined : { handler }),
  };
}

/** The same object again for the same config, because a decision is told once for all of its queues. */
function effective(
  context: PolicyContext,
  config: EffectiveQueueConfig,
  asked: number,
  handler: SourceLocation | undefined,
): QueueDecision {
  const constructor = constructorLocation(context, config.protocol);
  const known = context.decisions.get(config);
  if (
    known?.handlers_asked === asked &&
    known.handler === handler &&
    constructorOf(known) === constructor
  ) {
    return known;
  }
  const protocol = withConstructor(config.protocol, constructor);
  const { egress_pool: pool } = config.config;
  const named = typeof pool === 'string' && pool !== UNSPECIFIED;
  const decision: QueueDecision = {
    handlers_asked: asked,
    config: config.config,
    fields_set: config.fieldsSet,
    protocol,
    ...(handler === undefined ? undefined : { handler }),
    ...(named
      ? { egress_pool: pool }
      : unspecifiedEgress(readyQueuePattern(protocol, UNSPECIFIED))),
  };
  context.decisions.set(config, decision);
  return decision;
}

/** Where the handler is that makes the connections, if the queue has one and it is registered by now. */
function constructorLocation(
  context: PolicyContext,
  protocol: ResolvedProtocol,
): SourceLocation | undefined {
  if (protocol.kind !== 'custom_lua') return undefined;
  const event = protocol.constructor_event;
  context.constructorEvents.add(event);
  return context.kumo.registrations.handlers(event)[0]?.location;
}

function constructorOf({ protocol }: QueueDecision): SourceLocation | undefined {
  return protocol?.kind === 'custom_lua' ? protocol.constructor_location : undefined;
}

function withConstructor(
  protocol: ResolvedProtocol,
  location: SourceLocation | undefined,
): ResolvedProtocol {
  if (protocol.kind !== 'custom_lua' || location === undefined) return protocol;
  return { ...protocol, constructor_location: location };
}

function internalDecision(context: PolicyContext, internal: InternalQueue): QueueDecision {
  const defaults = context.kumo.defaultQueueConfig();
  return {
    handlers_asked: 0,
    config: { ...defaults.config, ...internal.config },
    fields_set: [],
    ...(internal.protocol === undefined ? undefined : { protocol: internal.protocol }),
    ...unspecifiedEgress({ source: UNSPECIFIED, protocol: internal.ready_queue_protocol }),
  };
}

function unspecifiedEgress(
  ready_queue: ReadyQueuePattern,
): Pick<QueueDecision, 'egress_pool' | 'egress_source' | 'ready_queue'> {
  return { egress_pool: UNSPECIFIED, egress_source: UNSPECIFIED, ready_queue };
}
