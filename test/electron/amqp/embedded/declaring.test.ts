import type { ConfirmChannel } from 'amqplib';
import { describe, expect, test } from 'vitest';
import { connectClient, refusal, startBroker } from './running-broker.ts';

type Act = (channel: ConfirmChannel) => Promise<unknown>;

/** Code and text as RabbitMQ 3.10 gives them for the same calls. */
const refusals: readonly (readonly [what: string, text: string, act: Act])[] = [
  [
    'a queue that is not there',
    "404 (NOT-FOUND) with message \"NOT_FOUND - no queue 'nope' in vhost '/'\"",
    (channel) => channel.checkQueue('nope'),
  ],
  [
    'an exchange that is not there',
    "NOT_FOUND - no exchange 'nope' in vhost '/'",
    (channel) => channel.checkExchange('nope'),
  ],
  [
    'a queue with another durability',
    "406 (PRECONDITION-FAILED) with message \"PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/': received 'false' but current is 'true'\"",
    async (channel) => {
      await channel.assertQueue('q');
      await channel.assertQueue('q', { durable: false });
    },
  ],
  [
    'a queue with another limit',
    "inequivalent arg 'x-max-length' for queue 'q' in vhost '/': received '5' but current is '4'",
    async (channel) => {
      await channel.assertQueue('q', { maxLength: 4 });
      await channel.assertQueue('q', { maxLength: 5 });
    },
  ],
  [
    'a queue with a limit where there was none',
    "inequivalent arg 'x-max-length' for queue 'q' in vhost '/': received the value '5' of type 'byte' but current is none",
    async (channel) => {
      await channel.assertQueue('q');
      await channel.assertQueue('q', { maxLength: 5 });
    },
  ],
  [
    'a negative limit',
    "invalid arg 'x-max-length' for queue 'q' in vhost '/': {value_negative,-1}",
    (channel) => channel.assertQueue('q', { maxLength: -1 }),
  ],
  [
    'an overflow behaviour that is none',
    "invalid arg 'x-overflow' for queue 'q' in vhost '/': invalid_overflow",
    (channel) => channel.assertQueue('q', { arguments: { 'x-overflow': 'explode' } }),
  ],
  [
    'a queue type that is none',
    "unsupported queue type 'stream'",
    (channel) => channel.assertQueue('q', { arguments: { 'x-queue-type': 'stream' } }),
  ],
  [
    'a reserved queue name',
    "403 (ACCESS-REFUSED) with message \"ACCESS_REFUSED - queue name 'amq.q' contains reserved prefix 'amq.*'\"",
    (channel) => channel.assertQueue('amq.q'),
  ],
  [
    'an exchange of another type',
    "inequivalent arg 'type' for exchange 'e' in vhost '/': received 'direct' but current is 'topic'",
    async (channel) => {
      await channel.assertExchange('e', 'topic');
      await channel.assertExchange('e', 'direct');
    },
  ],
  [
    'a system exchange to be deleted',
    "deletion of system exchange 'amq.topic' in vhost '/' not allowed",
    (channel) => channel.deleteExchange('amq.topic'),
  ],
  [
    'a binding to the default exchange',
    'ACCESS_REFUSED - operation not permitted on the default exchange',
    async (channel) => {
      await channel.assertQueue('q');
      await channel.bindQueue('q', '', 'k');
    },
  ],
  [
    'a queue to be deleted that is not empty',
    "PRECONDITION_FAILED - queue 'q' in vhost '/' not empty",
    async (channel) => {
      await channel.assertQueue('q');
      channel.sendToQueue('q', Buffer.from('x'));
      await channel.deleteQueue('q', { ifEmpty: true });
    },
  ],
  [
    'an exchange to be deleted that is in use',
    "PRECONDITION_FAILED - exchange 'e' in vhost '/' in use",
    async (channel) => {
      await channel.assertExchange('e', 'fanout');
      await channel.assertQueue('q');
      await channel.bindQueue('q', 'e', '');
      await channel.deleteExchange('e', { ifUnused: true });
    },
  ],
];

describe('a declaration', () => {
  test.each(refusals)('%s is refused as RabbitMQ does', async (_what, text, act) => {
    const { port } = await startBroker();
    const { channel } = await connectClient(port);
    expect(await refusal(act(channel))).toContain(text);
  });

  test('with an exchange type that is none ends the connection with 503', async () => {
    const { port } = await startBroker();
    const { channel, heard } = await connectClient(port);
    await refusal(channel.assertExchange('e', 'bogus'));
    expect(heard).toContain('connection error 503');
  });

  test('of an exclusive queue locks others out and ends with its connection', async () => {
    const { broker, port } = await startBroker();
    const owner = await connectClient(port);
    await owner.channel.assertQueue('mine', { exclusive: true });
    const other = await connectClient(port);
    expect(await refusal(other.channel.checkQueue('mine'))).toContain(
      "405 (RESOURCE-LOCKED) with message \"RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'mine' in vhost '/'",
    );
    await owner.connection.close();
    expect(broker.topology().queues).toEqual([]);
  });

  test('without a name gets one, and an empty name stands for it', async () => {
    const { port } = await startBroker();
    const { channel, publish } = await connectClient(port);
    const { queue } = await channel.assertQueue('');
    expect(queue).toMatch(/^amq\.gen-/);
    await channel.bindQueue('', 'amq.direct', '');
    await publish('amq.direct', queue);
    expect((await channel.checkQueue(queue)).messageCount).toBe(1);
  });

  test('twice the same is fine, and removing what is not there too', async () => {
    const { port } = await startBroker();
    const { channel } = await connectClient(port);
    await channel.assertQueue('q', { maxLength: 5, arguments: { 'x-queue-type': 'classic' } });
    await channel.assertQueue('q', { maxLength: 5 });
    await channel.unbindQueue('q', 'amq.topic', 'never bound');
    await channel.deleteExchange('never declared');
    expect(await channel.deleteQueue('never declared')).toEqual({ messageCount: 0 });
  });

  test('binds exchanges to exchanges', async () => {
    const { port } = await startBroker();
    const { channel, publish } = await connectClient(port);
    await channel.assertExchange('from', 'topic');
    await channel.assertExchange('to', 'fanout');
    await channel.assertQueue('q');
    await channel.bindExchange('to', 'from', 'a.#');
    await channel.bindQueue('q', 'to', '');
    await publish('from', 'a.b');
    await channel.unbindExchange('to', 'from', 'a.#');
    await publish('from', 'a.b');
    expect((await channel.purgeQueue('q')).messageCount).toBe(1);
  });

  test('shows in the topology, with the arguments this broker does not act on', async () => {
    const { broker, port } = await startBroker();
    const { channel } = await connectClient(port);
    await channel.assertExchange('e', 'topic', { alternateExchange: 'amq.fanout' });
    await channel.assertQueue('q', { maxLength: 7, arguments: { 'x-queue-mode': 'lazy' } });
    await channel.bindQueue('q', 'e', 'a.*', { note: 'why' });
    const { queues, exchanges, bindings } = broker.topology();
    expect(queues).toMatchObject([
      {
        name: 'q',
        arguments: { 'x-queue-mode': 'lazy', 'x-max-length': 7 },
        ignoredArguments: ['x-queue-mode'],
      },
    ]);
    expect(exchanges.find(({ name }) => name === 'e')).toMatchObject({
      type: 'topic',
      arguments: { 'alternate-exchange': 'amq.fanout' },
    });
    expect(bindings).toEqual([
      {
        vhost: '/',
        source: 'e',
        destination: 'q',
        destinationType: 'queue',
        routingKey: 'a.*',
        arguments: { note: 'why' },
      },
    ]);
  });
});
