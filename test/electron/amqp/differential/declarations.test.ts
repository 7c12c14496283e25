import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';
import type { RecordedChannel } from './recorded-channel.ts';

/** Each on a channel of its own, since a refusal closes it. */
type Act = (channel: RecordedChannel) => Promise<unknown>;

const refusals: readonly (readonly [what: string, act: Act])[] = [
  ['a passive queue that is not there', (it) => it.state('nope')],
  ['a passive exchange that is not there', (it) => it.ask('check', (c) => c.checkExchange('nope'))],
  [
    'another durability',
    async (it) => {
      await it.queue('q');
      await it.queue('q', { durable: false });
    },
  ],
  [
    'another auto-delete',
    async (it) => {
      await it.queue('q');
      await it.queue('q', { autoDelete: true });
    },
  ],
  [
    'exclusive where it was not',
    async (it) => {
      await it.queue('q');
      await it.queue('q', { exclusive: true });
    },
  ],
  [
    'another limit',
    async (it) => {
      await it.queue('q', { maxLength: 4 });
      await it.queue('q', { maxLength: 5 });
    },
  ],
  [
    'a limit where there was none',
    async (it) => {
      await it.queue('q');
      await it.queue('q', { maxLength: 500 });
    },
  ],
  [
    'no dead-letter exchange where there was one',
    async (it) => {
      await it.queue('q', { deadLetterExchange: 'amq.fanout' });
      await it.queue('q');
    },
  ],
  ['a reserved queue name', (it) => it.queue('amq.q')],
  ['a reserved exchange name', (it) => it.exchange('amq.e', 'direct')],
  ['an exchange type that is none', (it) => it.exchange('e', 'bogus')],
  [
    'an exchange of another type',
    async (it) => {
      await it.exchange('e', 'topic');
      await it.exchange('e', 'direct');
    },
  ],
  [
    'an exchange with another alternate',
    async (it) => {
      await it.exchange('e', 'topic', { alternateExchange: 'a' });
      await it.exchange('e', 'topic', { alternateExchange: 'b' });
    },
  ],
  [
    'an exchange that is internal now',
    async (it) => {
      await it.exchange('e', 'topic');
      await it.exchange('e', 'topic', { internal: true });
    },
  ],
  [
    'a predeclared exchange, changed',
    (it) => it.exchange('amq.topic', 'topic', { durable: false }),
  ],
  ['the default exchange', (it) => it.exchange('', 'direct')],
  ['deleting the default exchange', (it) => it.ask('delete', (c) => c.deleteExchange(''))],
  ['deleting a system exchange', (it) => it.ask('delete', (c) => c.deleteExchange('amq.topic'))],
  [
    'deleting an exchange in use',
    async (it) => {
      await it.exchange('e', 'fanout');
      await it.queue('q');
      await it.bind('q', 'e');
      await it.ask('delete', (c) => c.deleteExchange('e', { ifUnused: true }));
    },
  ],
  [
    'deleting a queue that is not empty',
    async (it) => {
      await it.queue('q');
      await it.publish('', 'q');
      await it.ask('delete', (c) => c.deleteQueue('q', { ifEmpty: true }));
    },
  ],
  [
    'deleting a queue in use',
    async (it) => {
      await it.queue('q');
      await it.consume('q');
      await it.ask('delete', (c) => c.deleteQueue('q', { ifUnused: true }));
    },
  ],
  [
    'deleting a queue in use and not empty',
    async (it) => {
      await it.queue('q');
      await it.ask('prefetch', (c) => c.prefetch(1));
      const consumer = await it.consume('q');
      await it.publish('', 'q', 'taken');
      await consumer.first(1);
      await it.publish('', 'q', 'waiting');
      await it.ask('delete', (c) => c.deleteQueue('q', { ifUnused: true, ifEmpty: true }));
    },
  ],
  ['binding what is not there', (it) => it.bind('nope', 'amq.topic')],
  [
    'binding to what is not there',
    async (it) => {
      await it.queue('q');
      await it.bind('q', 'nope');
    },
  ],
  ['binding neither of which is there', (it) => it.bind('no queue', 'no exchange')],
  [
    'binding to the default exchange',
    async (it) => {
      await it.queue('q');
      await it.bind('q', '', 'k');
    },
  ],
  ['purging what is not there', (it) => it.ask('purge', (c) => c.purgeQueue('nope'))],
  ['getting from what is not there', (it) => it.get('nope')],
  ['consuming from what is not there', (it) => it.consume('nope')],
];

/** Argument by argument: those that cannot be. */
const invalidArguments: readonly (readonly [name: string, value: unknown])[] = [
  ['x-expires', 0],
  ['x-expires', -1],
  ['x-expires', 'soon'],
  ['x-message-ttl', -1],
  ['x-message-ttl', 1e12],
  ['x-message-ttl', 1.5],
  ['x-message-ttl', true],
  ['x-max-length', -1],
  ['x-max-length', 'many'],
  ['x-max-length-bytes', -5],
  ['x-max-priority', 256],
  ['x-max-priority', -1],
  ['x-overflow', 'explode'],
  ['x-overflow', 5],
  ['x-dead-letter-exchange', 5],
  ['x-dead-letter-routing-key', 'k'],
  ['x-queue-mode', 'busy'],
  ['x-queue-version', 3],
  ['x-single-active-consumer', 'yes'],
  ['x-queue-type', 'bogus'],
  ['x-queue-type', 7],
  ['x-delivery-limit', 3],
  ['x-max-age', '1D'],
  ['x-max-in-memory-length', 3],
  ['x-unknown', 'anything'],
];

/** Argument by argument: those that can be, on one type of queue or another. */
const validArguments: readonly (readonly [name: string, value: unknown])[] = [
  ['x-expires', 60_000],
  ['x-message-ttl', 60_000],
  ['x-dead-letter-routing-key', 'k'],
  ['x-dead-letter-strategy', 'at-most-once'],
  ['x-dead-letter-strategy', 'at-least-once'],
  ['x-max-length', 3],
  ['x-max-length-bytes', 300],
  ['x-max-in-memory-length', 3],
  ['x-max-in-memory-bytes', 300],
  ['x-max-priority', 3],
  ['x-max-priority', 0],
  ['x-overflow', 'drop-head'],
  ['x-overflow', 'reject-publish'],
  ['x-overflow', 'reject-publish-dlx'],
  ['x-queue-mode', 'lazy'],
  ['x-queue-version', 1],
  ['x-queue-version', 2],
  ['x-queue-master-locator', 'client-local'],
  ['x-queue-leader-locator', 'client-local'],
  ['x-single-active-consumer', true],
  ['x-quorum-initial-group-size', 1],
  ['x-quorum-target-group-size', 1],
  ['x-delivery-limit', 3],
  ['x-delivery-limit', -1],
  ['x-consumer-timeout', 60_000],
  ['x-max-age', '1D'],
  ['x-stream-max-segment-size-bytes', 1000],
  ['x-stream-filter-size-bytes', 32],
  ['x-initial-cluster-size', 1],
];

describeOnRabbitmq('declarations on both brokers', () => {
  for (const [what, act] of refusals) {
    sameOnBoth(`refused: ${what}`, async (script) => {
      const channel = await script.channel();
      await act(channel);
      await channel.closed();
    });
  }

  sameOnBoth('arguments that cannot be', async (script) => {
    for (const [name, value] of invalidArguments) {
      const channel = await script.channel(`${name} ${JSON.stringify(value)}`);
      await channel.queue('q', { arguments: { [name]: value } });
      await (await script.plainChannel('after')).ask('delete', (it) => it.deleteQueue('q'));
    }
  });

  for (const type of ['classic', 'quorum']) {
    sameOnBoth(`arguments that a ${type} queue may have, and must repeat`, async (script) => {
      for (const [name, value] of validArguments) {
        const channel = await script.channel(`${name} on ${type}`);
        const args = { 'x-queue-type': type, 'x-dead-letter-exchange': 'amq.fanout' };
        await channel.queue('q', { arguments: { ...args, [name]: value } });
        await channel.queue('q', { arguments: args });
        await (await script.plainChannel('after')).ask('delete', (it) => it.deleteQueue('q'));
      }
    });
  }

  sameOnBoth('queues that are neither durable nor exclusive', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { durable: false });
    await channel.publish('', 'q', 'x', { persistent: true });
    await channel.get('q');
    await channel.queue('auto', { durable: false, autoDelete: true });
    await channel.queue('quorum', {
      durable: false,
      arguments: { 'x-queue-type': 'quorum' },
    });
    await channel.closed();
    for (const options of [{ exclusive: true }, { autoDelete: true }]) {
      const other = await script.channel(JSON.stringify(options));
      await other.queue('quorum', { ...options, arguments: { 'x-queue-type': 'quorum' } });
    }
  });

  sameOnBoth('arguments of an exchange that nobody knows', async (script) => {
    const channel = await script.channel();
    await channel.exchange('e', 'direct', { arguments: { 'x-unknown': 1 } });
    await channel.exchange('e', 'direct', { arguments: { 'x-unknown': 2 } });
  });

  sameOnBoth('an alternate exchange that is no text', async (script) => {
    const channel = await script.channel();
    await channel.exchange('e', 'direct', { arguments: { 'alternate-exchange': 5 } });
    await channel.closed();
  });

  sameOnBoth('twice the same', async (script) => {
    const channel = await script.channel();
    const args = { maxLength: 5, messageTtl: 60_000, arguments: { 'x-queue-type': 'classic' } };
    await channel.queue('q', args);
    await channel.queue('q', { maxLength: 5, messageTtl: 60_000 });
    await channel.queue('q', {
      arguments: { 'x-max-length': { '!': 'int64', value: 5 }, 'x-message-ttl': 60_000 },
    });
    await channel.exchange('e', 'topic', { alternateExchange: 'amq.fanout' });
    await channel.exchange('e', 'topic', { alternateExchange: 'amq.fanout' });
    await channel.exchange('amq.topic', 'topic');
  });

  sameOnBoth('removing what is not there', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.ask('unbind', (it) => it.unbindQueue('q', 'amq.topic', 'never bound'));
    await channel.ask('unbind', (it) => it.unbindQueue('nope', 'amq.topic', 'k'));
    await channel.ask('unbind', (it) => it.unbindQueue('q', 'nope', 'k'));
    await channel.ask('delete', (it) => it.deleteExchange('nope'));
    await channel.ask('delete', (it) => it.deleteQueue('nope'));
    await channel.ask('cancel', (it) => it.cancel('nope'));
  });

  sameOnBoth('a queue that the broker names, and an empty name for it', async (script) => {
    const channel = await script.channel();
    await channel.bind('', 'amq.direct');
    await channel.closed();
    const other = await script.channel('other');
    await other.queue('');
    await other.bind('', 'amq.direct');
    await other.ask('purge', (it) => it.purgeQueue(''));
    await other.ask('delete', (it) => it.deleteQueue(''));
  });

  sameOnBoth('line ends in names are taken out', async (script) => {
    const channel = await script.channel();
    await channel.queue('a\nb\r');
    await channel.state('ab');
    await channel.exchange('e\n', 'direct');
    await channel.bind('ab', 'e\r', 'k');
    await channel.publish('e', 'k');
    await channel.get('ab');
  });

  sameOnBoth(
    'an exclusive queue: others are locked out, and it goes with its owner',
    async (script) => {
      const owner = await script.connect({}, 'owner');
      const own = await script.channel('own', owner);
      await own.queue('mine', { exclusive: true });
      await own.queue('mine', { exclusive: true, durable: false });
      const other = await script.connect({}, 'other');
      for (const act of [
        (it: RecordedChannel) => it.state('mine'),
        (it: RecordedChannel) => it.queue('mine'),
        (it: RecordedChannel) => it.queue('mine', { exclusive: true }),
        (it: RecordedChannel) => it.get('mine'),
        (it: RecordedChannel) => it.consume('mine'),
        (it: RecordedChannel) => it.bind('mine', 'amq.topic', 'k'),
        (it: RecordedChannel) => it.ask('purge', (c) => c.purgeQueue('mine')),
        (it: RecordedChannel) => it.ask('delete', (c) => c.deleteQueue('mine')),
      ]) {
        const channel = await script.channel('locked out', other);
        await act(channel);
        await channel.closed();
      }
      const sender = await script.channel('sender', other);
      await sender.publish('', 'mine', 'anyone may publish', { mandatory: true });
      await own.get('mine');
      await owner.close();
      await sender.state('mine');
      await sender.closed();
    },
  );

  sameOnBoth('an auto-delete queue goes with its last consumer', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { autoDelete: true });
    await channel.state('q');
    const one = await channel.consume('q', {}, 'one');
    const two = await channel.consume('q', {}, 'two');
    await channel.ask('cancel', (it) => it.cancel(one.consumerTag));
    await channel.state('q');
    await channel.ask('cancel', (it) => it.cancel(two.consumerTag));
    await channel.state('q');
    await channel.closed();
  });
});
