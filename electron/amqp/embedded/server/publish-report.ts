import type { PublishedEvent } from '../broker-events.ts';
import type { Queue } from '../engine/queue.ts';
import type { ChannelHost } from './channel-host.ts';
import type { PublishedContent } from './content-assembly.ts';

/** What became of a publish. */
export interface PublishOutcome extends Pick<PublishedEvent, 'verb' | 'why'> {
  /** Those it was routed to, full ones included; left out for none. */
  readonly queues?: readonly Queue[];
  readonly returned?: boolean;
}

/** Tells the broker's listeners; costs nothing while there are none. */
export function reportPublish(
  { id, user, vhost, services }: ChannelHost,
  channel: number,
  { publish, body }: PublishedContent,
  deliveryTag: number,
  { verb, why, queues = [], returned = false }: PublishOutcome,
): void {
  if (services.events.listenerCount('published') === 0) return;
  services.events.emit('published', {
    connectionId: id,
    user,
    vhost: vhost.name,
    channel,
    deliveryTag,
    exchange: publish.exchange,
    routingKey: publish.routingKey,
    mandatory: publish.mandatory,
    bodyBytes: body.length,
    queues: queues.map((queue) => queue.name),
    verb,
    why,
    returned,
  });
}
