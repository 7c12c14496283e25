/**
 * What a policy decides about scheduled queues. Many queues share one decision, so between threads
 * the decisions go once each and without what the queue's name says by itself.
 */
import type { QueueNameParts, QueueResolution } from '../recording/entries.ts';
import { parseQueueName } from './queue-name.ts';
import { readyQueueOf, type ReadyQueuePattern } from './ready-queue.ts';

/** A resolution without what belongs to one queue. */
export interface QueueDecision extends Omit<
  QueueResolution,
  'queue' | 'parts' | 'ready_queue' | 'duration_us'
> {
  readonly ready_queue?: ReadyQueuePattern;
}

/** The decisions about a list of queues. */
export interface QueueDecisions {
  /** Each one once. */
  readonly decisions: readonly QueueDecision[];
  /** By position of the queue: which of the decisions is its own. */
  readonly which: Uint32Array;
  /** By position of the queue: microseconds that its decision took. */
  readonly durations_us: Uint32Array;
}

/** The resolutions of the queues that the decisions were asked for, in the same order. */
export function resolutionsOf(
  queues: readonly string[],
  { decisions, which, durations_us }: QueueDecisions,
): QueueResolution[] {
  return queues.map((queue, i) => {
    const decision = decisions[which[i] ?? 0];
    if (decision === undefined) throw new Error(`There is no decision about the queue ${queue}.`);
    return resolutionOf(queue, parseQueueName(queue), decision, durations_us[i] ?? 0);
  });
}

/** What a decision means for one queue. */
export function resolutionOf(
  queue: string,
  parts: QueueNameParts,
  decision: QueueDecision,
  duration_us: number,
): QueueResolution {
  const { handler, handlers_asked, config, fields_set, protocol, error } = decision;
  const { egress_pool, egress_source, ready_queue } = decision;
  // Written out rather than spread together: this is on the way of every resolution.
  const resolution: Writable<QueueResolution> = {
    queue,
    parts,
    handlers_asked,
    fields_set,
    duration_us,
  };
  if (handler !== undefined) resolution.handler = handler;
  if (config !== undefined) resolution.config = config;
  if (protocol !== undefined) resolution.protocol = protocol;
  if (egress_pool !== undefined) resolution.egress_pool = egress_pool;
  if (egress_source !== undefined) resolution.egress_source = egress_source;
  if (ready_queue !== undefined) resolution.ready_queue = readyQueueOf(ready_queue, parts);
  if (error !== undefined) resolution.error = error;
  return resolution;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
