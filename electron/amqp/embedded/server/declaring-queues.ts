import { assertNotReserved, described, generatedName, withoutLineEnds } from '../engine/names.ts';
import type { Queue } from '../engine/queue.ts';
import type { MethodArguments } from '../wire/method-codec.ts';
import type { ChannelHost } from './channel-host.ts';
import { referencedExchange } from './referenced-exchange.ts';

/** Throws what RabbitMQ throws, in the order in which it looks (`rabbit_channel:handle_method/6`). */
export function declareQueue(host: ChannelHost, args: MethodArguments<'queue.declare'>): Queue {
  const { access, vhost } = host;
  const given = withoutLineEnds(args.queue);
  if (args.passive) {
    const queue = vhost.queue(given, host);
    queue.used();
    return queue;
  }
  if (given !== '') assertNotReserved('queue', given);
  // The permission is for the name it will have, generated or not.
  access.assert('configure', 'queue', given === '' ? generatedName('amq.gen') : given);
  if (!vhost.queues.has(given)) {
    const of = described('queue', given, vhost.name);
    const deadLetters = referencedExchange(args.arguments, 'x-dead-letter-exchange', of);
    if (deadLetters !== undefined) {
      access.assert('read', 'queue', given);
      access.assert('write', 'exchange', deadLetters);
    }
  }
  return vhost.declareQueue({
    name: given,
    durable: args.durable,
    exclusive: args.exclusive,
    autoDelete: args.autoDelete,
    arguments: args.arguments,
    owner: args.exclusive ? host : undefined,
  });
}

/** How many messages went with it. Deleting what is not there is fine, as in RabbitMQ. */
export function deleteQueue(
  host: ChannelHost,
  name: string,
  args: MethodArguments<'queue.delete'>,
): number {
  const { access, vhost } = host;
  const plain = withoutLineEnds(name);
  access.assert('configure', 'queue', plain);
  return vhost.queues.has(plain) ? vhost.deleteQueue(vhost.queue(plain, host), args) : 0;
}
