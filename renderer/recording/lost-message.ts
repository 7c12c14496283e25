import type { Entry, SourceLocation } from '../../electron/bridge/contract.ts';

export interface LostMessage {
  /** The queue that would have taken the message, had it existed. */
  readonly missingQueue?: string;
  /** Where it was published. */
  readonly location?: SourceLocation;
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
  if (publish?.kind !== 'publish') return {};
  return {
    ...(verdict && publish.exchange === '' ? { missingQueue: publish.routing_key } : {}),
    ...(publish.location ? { location: publish.location } : {}),
  };
}
