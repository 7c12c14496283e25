/** Frames as a client might send them, in an order that no client would. */
import type {
  FieldTable,
  FieldValue,
} from '../../../../../electron/amqp/embedded/wire/field-table.ts';
import { emptyTable } from '../../../../../electron/amqp/embedded/wire/field-table.ts';
import {
  contentFrames,
  methodFrame,
} from '../../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { tableOf } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';
import { methodTable } from '../../../../../electron/amqp/embedded/wire/method-table.ts';
import type {
  ArgumentType,
  MethodName,
} from '../../../../../electron/amqp/embedded/wire/method-table.ts';
import { encoded } from '../../../../../electron/amqp/embedded/engine/published-message.ts';
import type { Random } from './random.ts';

/** Few, so that what one frame makes another one finds. */
const queues = ['q', 'q', 'q2', 'q2', 'é', '', 'amq.rabbitmq.reply-to', 'gone'] as const;
const exchanges = [
  'e',
  'e',
  'e2',
  '',
  '',
  'amq.topic',
  'amq.headers',
  'amq.fanout',
  'gone',
] as const;
const names = [...queues, ...exchanges, '#'] as const;
const exchangeTypes = ['direct', 'fanout', 'topic', 'headers'] as const;

/** What a broker that is alive is asked for most; the other methods come now and then. */
const common = [
  'basic.get',
  'basic.get',
  'basic.get',
  'basic.ack',
  'basic.ack',
  'basic.nack',
  'basic.nack',
  'basic.reject',
  'basic.consume',
  'basic.consume',
  'basic.cancel',
  'basic.cancel',
  'basic.recover',
  'basic.qos',
  'queue.bind',
  'queue.bind',
  'queue.unbind',
  'queue.purge',
  'confirm.select',
] as const;

const allMethods = Object.keys(methodTable) as [MethodName, ...MethodName[]];

const argumentNames = [
  'x-message-ttl',
  'x-expires',
  'x-max-length',
  'x-max-length-bytes',
  'x-max-priority',
  'x-overflow',
  'x-dead-letter-exchange',
  'x-dead-letter-routing-key',
  'x-single-active-consumer',
  'x-queue-type',
  'alternate-exchange',
  'x-match',
  'x-priority',
  'a',
] as const;

/** What a client begins with, so that most frames that follow meet something. */
export function beginning(random: Random): Buffer {
  const named = ['q', 'q2', 'é'] as const;
  return Buffer.concat([
    ...named.map((queue) => methodFrame(1, 'queue.delete', { queue, nowait: true })),
    ...['e', 'e2'].map((exchange) => methodFrame(1, 'exchange.delete', { exchange, nowait: true })),
    ...named.map((queue, index) =>
      methodFrame(1, 'queue.declare', {
        queue,
        nowait: true,
        arguments: queueTables[index] ?? emptyTable,
      }),
    ),
    ...['e', 'e2'].map((exchange) =>
      methodFrame(1, 'exchange.declare', {
        exchange,
        type: random.pick(exchangeTypes),
        nowait: true,
      }),
    ),
    ...named.map((queue) => methodFrame(1, 'queue.bind', { queue, exchange: 'e', nowait: true })),
  ]);
}

/** One gives up to the other, which counts priorities; the third refuses when it is full. */
const queueTables: readonly FieldTable[] = [
  tableOf({ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'q2', 'x-max-length': 20 }),
  tableOf({ 'x-dead-letter-exchange': 'e', 'x-max-priority': 5, 'x-message-ttl': 5 }),
  tableOf({
    'x-max-length': 10,
    'x-overflow': 'reject-publish-dlx',
    'x-dead-letter-exchange': 'e',
  }),
];

export function randomFrame(random: Random): Buffer {
  const channel = random.oneIn(60) ? random.below(4) : 1;
  if (random.oneIn(2)) return randomContent(random, channel);
  const name = random.oneIn(25) ? random.pick(allMethods) : random.pick(common);
  return methodFrame(channel, name, randomArguments(random, name));
}

function randomContent(random: Random, channel: number): Buffer {
  const properties = random.oneIn(3)
    ? {
        headers: randomTable(random),
        priority: random.below(12),
        deliveryMode: 1 + random.below(2),
        ...(random.oneIn(4) && { expiration: String(random.below(20)) }),
        ...(random.oneIn(9) && { replyTo: 'amq.rabbitmq.reply-to' }),
      }
    : {};
  const body = Buffer.alloc(random.oneIn(50) ? random.below(9000) : random.below(40), 120);
  const publish = {
    exchange: random.pick(exchanges),
    routingKey: random.pick(queues),
    mandatory: random.oneIn(3),
  };
  const content = { encodedProperties: encoded(properties), body };
  return Buffer.concat(contentFrames(channel, 'basic.publish', publish, content, 4096));
}

function randomArguments(random: Random, method: MethodName): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const [name, type] of Object.entries<ArgumentType>(methodTable[method].args)) {
    if (name === 'requeue' || name === 'multiple') args[name] = random.oneIn(2);
    else if (type === 'bit') args[name] = random.oneIn(8);
    else if (type === 'shortstr') args[name] = randomName(random, name);
    else if (type === 'longlong' || type === 'short') args[name] = random.below(6);
    else if (type === 'table') args[name] = random.oneIn(3) ? randomTable(random) : emptyTable;
  }
  if (method === 'exchange.declare') args['type'] = random.pick(exchangeTypes);
  if (method === 'basic.recover') args['requeue'] = !random.oneIn(20);
  // Zero with `multiple` is always right: all there is.
  if (args['multiple'] === true && random.oneIn(2)) args['deliveryTag'] = 0;
  return args;
}

/** Mostly of the kind that the argument asks for. */
function randomName(random: Random, argument: string): string {
  if (random.oneIn(20)) return random.pick(names);
  if (argument === 'queue' || argument === 'routingKey') return random.pick(queues);
  if (argument === 'consumerTag') return random.pick(['', '', 'one', 'two', 'three']);
  return random.pick(exchanges);
}

function randomTable(random: Random): FieldTable {
  const table = new Map<string, FieldValue>();
  for (let count = random.below(3); count >= 0; count--) {
    table.set(random.pick(argumentNames), randomField(random));
  }
  return table;
}

function randomField(random: Random): FieldValue {
  switch (random.below(7)) {
    case 0:
      return { type: 'signedint', value: random.below(20) - 1 };
    case 1:
      return { type: 'long', value: BigInt(random.below(10)) };
    case 2:
      return { type: 'bool', value: random.oneIn(2) };
    case 3:
      return { type: 'void', value: null };
    case 4:
      return { type: 'array', value: [{ type: 'byte', value: 1 }] };
    case 5:
      return {
        type: 'longstr',
        value: Buffer.from(random.pick(['any', 'reject-publish', 'classic'])),
      };
    default:
      return { type: 'longstr', value: Buffer.from(random.pick(names)) };
  }
}
