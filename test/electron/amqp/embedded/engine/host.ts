/** A virtual host by itself, without connections: what the tests of the engine act on. */
import { dialects } from '../../../../../electron/amqp/embedded/dialects.ts';
import type { DialectName } from '../../../../../electron/amqp/embedded/dialects.ts';
import { Message } from '../../../../../electron/amqp/embedded/engine/message.ts';
import type { MessageTraits } from '../../../../../electron/amqp/embedded/engine/message.ts';
import { MessageMemory } from '../../../../../electron/amqp/embedded/engine/message-memory.ts';
import type { Queue } from '../../../../../electron/amqp/embedded/engine/queue.ts';
import { VirtualHost } from '../../../../../electron/amqp/embedded/engine/virtual-host.ts';
import { tableOf } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';
import type { PlainTable } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';

export function newHost({
  capBytes = Infinity,
  dialect = 'rabbitmq-3.10',
}: { readonly capBytes?: number; readonly dialect?: DialectName } = {}) {
  const alarms: boolean[] = [];
  const memory = new MessageMemory(capBytes, (raised) => alarms.push(raised));
  const vhost = new VirtualHost('/', {
    memory,
    dialect: () => dialects[dialect],
    changed: () => undefined,
  });
  return { vhost, memory, alarms };
}

export function declareQueue(vhost: VirtualHost, name: string, args: PlainTable = {}): Queue {
  return vhost.declareQueue({
    name,
    durable: true,
    exclusive: false,
    autoDelete: false,
    arguments: tableOf(args),
    owner: undefined,
  });
}

export function declareExchange(
  vhost: VirtualHost,
  name: string,
  type: string,
  args: PlainTable = {},
): void {
  vhost.declareExchange({
    name,
    type,
    durable: true,
    autoDelete: false,
    internal: false,
    arguments: tableOf(args),
  });
}

const noProperties = Buffer.from([0, 0]);

export function message(
  exchange: string,
  routingKey: string,
  body = 'x',
  traits: Partial<MessageTraits> = {},
): Message {
  const plain = { furtherKeys: [], expirationMilliseconds: undefined, priority: 0 };
  const bytes = Buffer.from(body);
  return new Message(exchange, routingKey, noProperties, bytes, { ...plain, ...traits });
}

/** Of those that wait, the next first. */
export function bodies(queue: Queue): string[] {
  return queue.peek(100).map((item) => item.message.body.toString());
}
