import { expect, test } from 'vitest';
import { dialectOfVersion, dialects } from '../../../../electron/amqp/embedded/dialects.ts';
import { rabbitmqctl } from '../../../rabbitmq/node.ts';
import { describeOnRabbitmq, rabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';

describeOnRabbitmq('publishing on both brokers', () => {
  sameOnBoth('confirms: routed, unroutable, returned', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.publish('', 'q', 'there', { mandatory: true });
    await channel.publish('', 'nowhere', 'lost');
    await channel.publish('', 'nowhere', 'back', {
      mandatory: true,
      messageId: 'm',
      headers: { a: [1] },
    });
    await channel.returned(1);
    await channel.get('q');
  });

  sameOnBoth('every property comes as it was sent', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.publish('', 'q', Buffer.from([0, 255, 1]), {
      contentType: 'application/json',
      contentEncoding: 'gzip',
      headers: {
        text: 'é',
        whole: 5,
        large: 2 ** 40,
        negative: -3,
        fraction: 1.5,
        yes: true,
        nothing: null,
        list: [1, 'two', null, { three: 3 }],
        table: { inner: { deep: 'x' } },
        time: { '!': 'timestamp', value: 1_000_000_000 },
        bytes: Buffer.from([1, 2, 3]),
        decimal: { '!': 'decimal', value: { digits: 314, places: 2 } },
      },
      persistent: true,
      priority: 3,
      correlationId: 'c',
      replyTo: 'r',
      expiration: '60000',
      messageId: 'm',
      timestamp: 1_700_000_000,
      type: 't',
      appId: 'a',
    });
    await channel.get('q');
  });

  sameOnBoth('a missing exchange', async (script) => {
    const channel = await script.channel();
    await channel.publish('nope', 'k');
    await channel.closed();
  });

  sameOnBoth('user ids', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.publish('', 'q', 'mine', { userId: script.address.username });
    await channel.publish('', 'q', 'not mine', { userId: 'somebody' });
    await channel.closed();
  });

  for (const expiration of ['-1', 'soon', '1.5', '5s', '', '999999999999999']) {
    sameOnBoth(`the expiration ${JSON.stringify(expiration)}`, async (script) => {
      const channel = await script.channel();
      await channel.queue('q');
      await channel.publish('', 'q', 'x', { expiration });
      await (await script.channel('after')).state('q');
    });
  }

  for (const deliveryMode of [0, 1, 2, 3, 255]) {
    sameOnBoth(`the delivery mode ${deliveryMode}`, async (script) => {
      const channel = await script.channel();
      await channel.queue('q');
      // amqplib makes 1 and 2 of what it is asked for; the type is wrong about the rest.
      await channel.publish('', 'q', 'x', { deliveryMode: deliveryMode as never });
      const after = await script.channel('after');
      await after.state('q');
      await after.get('q');
    });
  }

  sameOnBoth('CC that is no list', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.publish('', 'q', 'x', { headers: { CC: 'q' } });
    await channel.closed();
  });

  sameOnBoth('bodies: none, just one frame, several, too large', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    for (const size of [0, 131_064, 131_065, 500_000]) {
      await channel.publish('', 'q', Buffer.alloc(size, 120));
      await channel.get('q');
    }
    await channel.publish('', 'q', Buffer.alloc(1_000_001));
    await channel.closed();
  });

  test('the largest message where none is configured', async () => {
    // The node of the tests has a limit of its own, so that its default is read and not met.
    const ofApplication =
      '{ok, [{application, _, P}]} = file:consult(code:where_is_file("rabbit.app")), proplists:get_value(max_message_size, proplists:get_value(env, P)).';
    const node = await rabbitmq();
    const { maxMessageBytes } = dialects[dialectOfVersion(node.version)];
    expect(await rabbitmqctl(node, 'eval', ofApplication)).toBe(`${maxMessageBytes}\n`);
  });

  sameOnBoth('frames of 4096 octets', async (script) => {
    const connection = await script.connect({ query: '?frameMax=4096' });
    const channel = await script.channel('small frames', connection);
    await channel.queue('q');
    await channel.publish('', 'q', Buffer.alloc(20_000, 121), { headers: { a: 'b'.repeat(2000) } });
    await channel.get('q');
  });

  sameOnBoth('a queue in the middle of many', async (script) => {
    const channel = await script.channel();
    await channel.queue('open');
    await channel.queue('full', { maxLength: 0, arguments: { 'x-overflow': 'reject-publish' } });
    for (const queue of ['open', 'full']) await channel.bind(queue, 'amq.fanout');
    await channel.publish('amq.fanout', '', 'one takes it, one does not', { mandatory: true });
    await channel.state('open');
    await channel.state('full');
  });

  sameOnBoth('confirms for a hundred at once', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { maxLength: 50, arguments: { 'x-overflow': 'reject-publish' } });
    await channel.publishAll(
      '',
      'q',
      Array.from({ length: 100 }, (_, n) => String(n)),
    );
    await channel.state('q');
  });
});
