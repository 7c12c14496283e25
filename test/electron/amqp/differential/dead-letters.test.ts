import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';
import type { RecordedChannel } from './recorded-channel.ts';

/** `source` gives up to the exchange `dlx`, which leads to the queue `dead`. */
async function withDeadLetters(
  channel: RecordedChannel,
  args: { readonly [name: string]: unknown } = {},
): Promise<void> {
  await channel.exchange('dlx', 'topic');
  await channel.queue('dead');
  await channel.bind('dead', 'dlx', '#');
  await channel.queue('source', { arguments: { 'x-dead-letter-exchange': 'dlx', ...args } });
}

async function rejected(channel: RecordedChannel, queue: string): Promise<void> {
  const got = await channel.get(queue);
  if (got) channel.channel.reject(got, false);
}

describeOnRabbitmq('dead letters on both brokers', () => {
  sameOnBoth('rejected', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel);
    await channel.publish('', 'source', 'no', {
      headers: { mine: 1 },
      messageId: 'm',
      expiration: '60000',
    });
    await rejected(channel, 'source');
    await channel.depthIs('dead', 1);
    await channel.get('dead');
  });

  sameOnBoth('nacked, many at once', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel);
    for (let n = 1; n <= 3; n++) await channel.publish('', 'source', String(n));
    await channel.get('source');
    await channel.get('source');
    const last = await channel.get('source');
    if (last) channel.channel.nack(last, true, false);
    await channel.depthIs('dead', 3);
    for (let n = 1; n <= 3; n++) await channel.get('dead');
  });

  sameOnBoth('with a routing key of the queue', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel, { 'x-dead-letter-routing-key': 'buried.here' });
    await channel.publish('', 'source', 'x', { CC: ['elsewhere'] });
    await rejected(channel, 'source');
    await channel.depthIs('dead', 1);
    await channel.get('dead');
  });

  sameOnBoth('with carbon copies kept', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel);
    await channel.publish('', 'source', 'x', { CC: ['copy'], BCC: ['blind'] });
    await rejected(channel, 'source');
    await channel.depthIs('dead', 1);
    await channel.get('dead');
  });

  sameOnBoth('expired', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel);
    await channel.publish('', 'source', 'short', { expiration: '30', priority: 4 });
    await channel.depthIs('dead', 1);
    await channel.get('dead');
    await channel.state('source');
  });

  sameOnBoth('expired by the queue', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel, { 'x-message-ttl': 30 });
    await channel.publish('', 'source', 'one');
    await channel.publish('', 'source', 'two', { expiration: '60000' });
    await channel.depthIs('dead', 2);
    await channel.get('dead');
    await channel.get('dead');
  });

  sameOnBoth('too long: the oldest goes', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel, { 'x-max-length': 2 });
    for (let n = 1; n <= 4; n++) await channel.publish('', 'source', String(n));
    await channel.depthIs('dead', 2);
    await channel.get('dead');
    await channel.get('dead');
    await channel.get('source');
  });

  sameOnBoth('reject-publish-dlx: the newest goes, and is refused', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel, { 'x-max-length': 1, 'x-overflow': 'reject-publish-dlx' });
    for (let n = 1; n <= 3; n++) await channel.publish('', 'source', String(n));
    await channel.depthIs('dead', 2);
    await channel.get('dead');
    await channel.get('dead');
    await channel.get('source');
  });

  sameOnBoth('through several queues, and counted', async (script) => {
    const channel = await script.channel();
    await channel.queue('a', { deadLetterExchange: '', deadLetterRoutingKey: 'b' });
    await channel.queue('b', { deadLetterExchange: '', deadLetterRoutingKey: 'a' });
    await channel.publish('', 'a', 'to and fro');
    for (let round = 0; round < 3; round++) {
      await rejected(channel, 'a');
      await channel.depthIs('b', 1);
      await rejected(channel, 'b');
      await channel.depthIs('a', 1);
    }
    await channel.get('a');
  });

  sameOnBoth('a cycle without a reject ends', async (script) => {
    const channel = await script.channel();
    await channel.queue('a', { deadLetterExchange: '', deadLetterRoutingKey: 'b', messageTtl: 20 });
    await channel.queue('b', { deadLetterExchange: '', deadLetterRoutingKey: 'a', messageTtl: 20 });
    await channel.queue('c');
    await channel.publish('', 'a', 'round');
    await channel.depthIs('a', 0);
    await channel.depthIs('b', 0);
    await channel.state('a');
  });

  sameOnBoth('a retry loop of reject and wait goes on', async (script) => {
    const channel = await script.channel();
    await channel.queue('work', { deadLetterExchange: '', deadLetterRoutingKey: 'wait' });
    await channel.queue('wait', {
      deadLetterExchange: '',
      deadLetterRoutingKey: 'work',
      messageTtl: 30,
    });
    await channel.publish('', 'work', 'try again');
    for (let round = 0; round < 3; round++) {
      await rejected(channel, 'work');
      await channel.depthIs('work', 1);
    }
    await channel.get('work');
  });

  sameOnBoth('to an exchange that is not there', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { deadLetterExchange: 'nope' });
    await channel.publish('', 'q', 'lost');
    await rejected(channel, 'q');
    await channel.state('q');
  });

  sameOnBoth('to the queue itself', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { deadLetterExchange: '' });
    await channel.publish('', 'q', 'boomerang');
    await rejected(channel, 'q');
    await channel.depthIs('q', 1);
    await channel.get('q');
  });

  sameOnBoth('an x-death that a client made up', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel);
    await channel.publish('', 'source', 'x', { headers: { 'x-death': 'nonsense' } });
    await channel.publish('', 'source', 'y', {
      headers: { 'x-death': [{ queue: 'other', reason: 'expired', count: 2 }] },
    });
    await rejected(channel, 'source');
    await rejected(channel, 'source');
    await channel.depthIs('dead', 2);
    await channel.get('dead');
    await channel.get('dead');
  });

  sameOnBoth('headers of a death that a client made up', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel);
    await channel.publish('', 'source', 'x', {
      headers: {
        'x-first-death-reason': 'made up',
        'x-first-death-queue': 'nowhere',
        'x-last-death-reason': 'made up',
      },
    });
    await rejected(channel, 'source');
    await channel.depthIs('dead', 1);
    await channel.get('dead');
  });

  sameOnBoth('published again with the headers of its death', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel);
    await channel.publish('', 'source', 'once more');
    for (let round = 0; round < 2; round++) {
      await rejected(channel, 'source');
      await channel.depthIs('dead', 1);
      const dead = await channel.get('dead', { noAck: true });
      await channel.publish('', 'source', 'once more', { headers: dead?.properties.headers });
    }
    await channel.get('source');
  });

  sameOnBoth('published again into a cycle', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { deadLetterExchange: '', messageTtl: 20 });
    const headers = { 'x-death': [{ queue: 'q', reason: 'expired', count: 1 }] };
    await channel.publish('', 'q', 'has been here', { headers });
    await channel.depthIs('q', 0);
    await channel.state('q');
  });

  sameOnBoth('carbon copies over two queues', async (script) => {
    const channel = await script.channel();
    for (const queue of ['end', 'copy']) await channel.queue(queue);
    await channel.queue('second', { deadLetterExchange: '', deadLetterRoutingKey: 'end' });
    await channel.queue('first', { deadLetterExchange: '', deadLetterRoutingKey: 'second' });
    await channel.publish('', 'first', 'x', { CC: ['copy'], BCC: ['blind'] });
    await channel.depthIs('copy', 1);
    await rejected(channel, 'first');
    await channel.depthIs('second', 1);
    await rejected(channel, 'second');
    await channel.depthIs('end', 1);
    await channel.get('end');
    await channel.state('copy');
  });

  sameOnBoth('purged and deleted messages are not dead letters', async (script) => {
    const channel = await script.channel();
    await withDeadLetters(channel);
    await channel.publish('', 'source', 'purged');
    await channel.ask('purge', (it) => it.purgeQueue('source'));
    await channel.publish('', 'source', 'deleted');
    await channel.ask('delete', (it) => it.deleteQueue('source'));
    await channel.state('dead');
  });

  sameOnBoth('mandatory and confirms are for the publisher alone', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { deadLetterExchange: 'amq.direct', messageTtl: 0 });
    await channel.publish('', 'q', 'gone', { mandatory: true });
    await channel.state('q');
  });
});
