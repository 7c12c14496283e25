import type { Entry, SourceLocation } from '../../electron/bridge/contract.ts';

export interface LostMessage {
  /** The fault that the embedded broker had: it, and no missing queue, is the cause. */
  readonly fault?: string;
  /** The queue that would have taken the message, had it existed. */
  readonly missingQueue?: string;
  /** Where it was published. */
  readonly location?: SourceLocation;
}

/** The fault of the embedded broker that is behind what it did, if one is. */
export function faultBehind(entries: readonly Entry[]): string | undefined {
  const run = entries.find((entry) => entry.kind === 'run');
  const fault = run?.kind === 'run' ? run.fault : undefined;
  const isUnroutable = entries.some(
    (entry) => entry.kind === 'verdict' && entry.verdict === 'unroutable',
  );
  // An unroutable message is the work of that fault only; a slow confirm is none of a failure.
  if (fault === undefined || fault.startsWith('delay')) return undefined;
  return isUnroutable === (fault === 'unroutable') ? fault : undefined;
}

/**
 * Why the broker did not keep the message: on the default exchange the routing key is a queue's
 * name (AMQP 0-9-1, section 3.1.3.1), so an unroutable key there names the queue that is missing.
 */
export function lostMessage(entries: readonly Entry[]): LostMessage {
  const verdict = entries.find(
    (entry) => entry.kind === 'verdict' && entry.verdict === 'unroutable',
  );
  const publish = entries.find(
    (entry) =>
      entry.kind === 'publish' &&
      (verdict?.kind !== 'verdict' || entry.publish === verdict.publish),
  );
  const fault = faultBehind(entries);
  if (publish?.kind !== 'publish') return fault === undefined ? {} : { fault };
  const isQueueMissing = verdict && publish.exchange === '' && fault === undefined;
  return {
    ...(fault === undefined ? {} : { fault }),
    ...(isQueueMissing ? { missingQueue: publish.routing_key } : {}),
    ...(publish.location ? { location: publish.location } : {}),
  };
}
