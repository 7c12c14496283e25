import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';
import type { RecordedChannel } from './recorded-channel.ts';

async function drained(channel: RecordedChannel, queue: string, most: number): Promise<void> {
  await channel.state(queue);
  for (let n = 0; n <= most; n++) await channel.get(queue, { noAck: true });
}

describeOnRabbitmq('limits and priorities on both brokers', () => {
  sameOnBoth('a length limit drops the oldest', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { maxLength: 2 });
    for (let n = 1; n <= 4; n++) await channel.publish('', 'q', String(n));
    await drained(channel, 'q', 2);
  });

  sameOnBoth('a size limit drops the oldest', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { arguments: { 'x-max-length-bytes': 10 } });
    for (const body of ['12345', '12345', '1', '123456', '12345678901', '1234']) {
      await channel.publish('', 'q', body);
      await channel.state('q');
    }
    await drained(channel, 'q', 2);
  });

  sameOnBoth('reject-publish: by length', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { maxLength: 2, arguments: { 'x-overflow': 'reject-publish' } });
    for (let n = 1; n <= 4; n++) await channel.publish('', 'q', String(n), { mandatory: true });
    await drained(channel, 'q', 2);
  });

  sameOnBoth('reject-publish: by size', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', {
      arguments: { 'x-max-length-bytes': 10, 'x-overflow': 'reject-publish' },
    });
    for (const body of ['123456', '12345', '1234', '1', '']) await channel.publish('', 'q', body);
    await drained(channel, 'q', 4);
  });

  sameOnBoth('a limit of nothing, and a consumer that waits', async (script) => {
    const channel = await script.channel();
    await channel.queue('drops', { maxLength: 0 });
    await channel.queue('refuses', { maxLength: 0, arguments: { 'x-overflow': 'reject-publish' } });
    const consumer = await channel.consume('drops', { noAck: true });
    await channel.consume('refuses', { noAck: true });
    await channel.publish('', 'drops', 'straight through');
    await channel.publish('', 'refuses', 'not even so');
    await consumer.first(1);
  });

  sameOnBoth('what is not acknowledged does not count', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { maxLength: 1 });
    await channel.publish('', 'q', 'held');
    const held = await channel.get('q');
    await channel.publish('', 'q', 'waiting');
    await channel.state('q');
    if (held) channel.channel.nack(held);
    await channel.depthIs('q', 1);
    await drained(channel, 'q', 1);
  });

  sameOnBoth('the highest priority first', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { maxPriority: 5 });
    for (const priority of [1, 5, 3, 9, 0, 3]) {
      await channel.publish('', 'q', `priority ${priority}`, { priority });
    }
    await channel.publish('', 'q', 'none');
    await drained(channel, 'q', 7);
  });

  sameOnBoth('priorities mean nothing to another queue', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    for (const priority of [1, 5, 3]) await channel.publish('', 'q', `${priority}`, { priority });
    await drained(channel, 'q', 3);
  });

  sameOnBoth('a requeued message keeps its priority and place', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { maxPriority: 2 });
    for (const [n, priority] of [2, 1, 2, 1].entries()) {
      await channel.publish('', 'q', `${n} at ${priority}`, { priority });
    }
    const first = await channel.get('q');
    const second = await channel.get('q');
    if (second) channel.channel.nack(second);
    if (first) channel.channel.nack(first);
    await channel.depthIs('q', 4);
    await drained(channel, 'q', 4);
  });

  sameOnBoth('priorities and a length limit', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { maxPriority: 3, maxLength: 2 });
    for (const [n, priority] of [0, 3, 1, 2].entries()) {
      await channel.publish('', 'q', `${n} at ${priority}`, { priority });
      await channel.state('q');
    }
    await drained(channel, 'q', 2);
  });

  sameOnBoth('priorities and expiry', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { maxPriority: 3 });
    await channel.publish('', 'q', 'high, lasting', { priority: 3 });
    await channel.publish('', 'q', 'low, short', { priority: 0, expiration: '1' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await channel.state('q');
    await drained(channel, 'q', 2);
  });
});
