import type { ConsumeMessage } from 'amqplib';
import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';
import type { RecordedChannel } from './recorded-channel.ts';

async function filled(channel: RecordedChannel, queue: string, count: number): Promise<void> {
  await channel.queue(queue);
  for (let n = 1; n <= count; n++) await channel.publish('', queue, `${queue} ${n}`);
}

describeOnRabbitmq('consuming on both brokers', () => {
  sameOnBoth('what waits and what comes, in order', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 3);
    const consumer = await channel.consume('q', { noAck: true });
    await consumer.first(3);
    await channel.publish('', 'q', 'later', { messageId: 'm', headers: { a: 1 }, timestamp: 5 });
    await consumer.first(4);
    await channel.state('q');
  });

  sameOnBoth('prefetch of a consumer', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 5);
    await channel.ask('prefetch', (it) => it.prefetch(2));
    const consumer = await channel.consume('q');
    const [first] = await consumer.first(2);
    await channel.state('q');
    if (first) channel.channel.ack(first);
    await consumer.first(3);
    await channel.state('q');
    channel.channel.ackAll();
    await consumer.first(5);
  });

  sameOnBoth('a prefetch is for consumers to come', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'one', 3);
    await filled(channel, 'two', 3);
    await channel.ask('prefetch', (it) => it.prefetch(1));
    const one = await channel.consume('one');
    await channel.ask('prefetch', (it) => it.prefetch(3));
    const two = await channel.consume('two');
    await one.first(1);
    await two.first(3);
    await channel.state('one');
    await channel.state('two');
  });

  sameOnBoth('prefetch of a channel', async (script) => {
    const channel = await script.channel();
    await channel.ask('prefetch', (it) => it.prefetch(2, true));
    await channel.queue('one');
    await channel.queue('two');
    const one = await channel.consume('one');
    await channel.publish('', 'one', '1');
    await channel.publish('', 'one', '2');
    await one.first(2);
    const two = await channel.consume('two');
    await channel.publish('', 'two', '3');
    await channel.state('two');
    channel.channel.ackAll();
    await two.first(1);
  });

  sameOnBoth('a channel prefetch counts for consumers without acknowledgement', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 2);
    await channel.ask('prefetch', (it) => it.prefetch(1, true));
    const one = await channel.consume('q', {}, 'with');
    const [held] = await one.first(1);
    await channel.ask('cancel', (it) => it.cancel(one.consumerTag));
    const two = await channel.consume('q', { noAck: true }, 'without');
    await channel.state('q');
    if (held) channel.channel.ack(held);
    await two.first(1);
  });

  sameOnBoth('a consumer prefetch lifts that of the channel', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 4);
    await channel.ask('prefetch', (it) => it.prefetch(1, true));
    const consumer = await channel.consume('q');
    await consumer.first(1);
    await channel.state('q');
    await channel.ask('prefetch', (it) => it.prefetch(2, false));
    await consumer.first(4);
  });

  sameOnBoth('two consumers in turn', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    const one = await channel.consume('q', { noAck: true }, 'one');
    const two = await channel.consume('q', { noAck: true }, 'two');
    for (let n = 1; n <= 6; n++) await channel.publish('', 'q', String(n));
    await one.first(3);
    await two.first(3);
  });

  sameOnBoth('a busy consumer is passed over', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.ask('prefetch', (it) => it.prefetch(1));
    const busy = await channel.consume('q', {}, 'busy');
    await channel.ask('prefetch', (it) => it.prefetch(0));
    const free = await channel.consume('q', {}, 'free');
    for (let n = 1; n <= 5; n++) await channel.publish('', 'q', String(n));
    const [held] = await busy.first(1);
    await free.first(4);
    if (held) channel.channel.ack(held);
    await channel.publish('', 'q', '6');
    await channel.publish('', 'q', '7');
    await busy.first(2);
    await free.first(5);
  });

  sameOnBoth('priorities of consumers', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.ask('prefetch', (it) => it.prefetch(2));
    const low = await channel.consume('q', { priority: 1 }, 'low');
    const high = await channel.consume('q', { priority: 10 }, 'high');
    for (let n = 1; n <= 4; n++) await channel.publish('', 'q', String(n));
    await high.first(2);
    await low.first(2);
  });

  sameOnBoth('a consumer priority that is no number', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.consume('q', { arguments: { 'x-priority': 'high' } });
    await channel.closed();
  });

  sameOnBoth('a single active consumer', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { arguments: { 'x-single-active-consumer': true } });
    const first = await channel.consume('q', { noAck: true }, 'first');
    const second = await channel.consume('q', { noAck: true }, 'second');
    for (let n = 1; n <= 3; n++) await channel.publish('', 'q', String(n));
    await first.first(3);
    await channel.ask('cancel', (it) => it.cancel(first.consumerTag));
    await channel.publish('', 'q', 'next');
    await second.first(1);
    await channel.consume('q', { exclusive: true }, 'exclusive');
    await channel.closed();
  });

  sameOnBoth('an exclusive consumer is alone', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    const alone = await channel.consume('q', { exclusive: true });
    const second = await script.channel('second');
    await second.consume('q');
    await second.closed();
    await channel.ask('cancel', (it) => it.cancel(alone.consumerTag));
    await channel.consume('q', {}, 'shared');
    const third = await script.channel('third');
    await third.consume('q', { exclusive: true });
    await third.closed();
  });

  sameOnBoth('a consumer tag twice', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.consume('q', { consumerTag: 'mine' });
    await channel.consume('q', { consumerTag: 'mine' });
    await channel.closed();
  });

  sameOnBoth('a consumer hears that its queue is deleted', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.consume('q', { consumerTag: 'mine' });
    await channel.ask('delete', (it) => it.deleteQueue('q'));
    await channel.cancelled('q');
    await channel.ask('cancel', (it) => it.cancel('mine'));
  });

  sameOnBoth('get: counts, tags and flags', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 3);
    await channel.get('q');
    await channel.get('q', { noAck: true });
    await channel.state('q');
    await channel.get('q');
    await channel.get('q');
  });

  sameOnBoth('ack, one and many', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 4);
    await channel.get('q');
    const second = await channel.get('q');
    await channel.get('q');
    if (second) channel.channel.ack(second, true);
    await channel.ask('recover', (it) => it.recover());
    await channel.state('q');
    await channel.get('q');
  });

  sameOnBoth('an unknown delivery tag', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 1);
    const got = await channel.get('q', { noAck: true });
    if (got) channel.channel.ack(got);
    await channel.closed();
  });

  sameOnBoth('the same delivery acknowledged twice', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 1);
    const got = await channel.get('q');
    if (got) channel.channel.ack(got);
    if (got) channel.channel.nack(got);
    await channel.closed();
  });

  sameOnBoth('nack with requeue: back to its place, redelivered', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 3);
    const first = await channel.get('q');
    const second = await channel.get('q');
    if (second) channel.channel.nack(second, false, true);
    if (first) channel.channel.reject(first, true);
    await channel.depthIs('q', 3);
    for (let n = 0; n < 3; n++) await channel.get('q');
  });

  sameOnBoth('nack of many without requeue', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 3);
    await channel.get('q');
    const second = await channel.get('q');
    if (second) channel.channel.nack(second, true, false);
    await channel.get('q');
    await channel.state('q');
  });

  sameOnBoth('a rejected message comes again to the same consumer', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    const consumer = await channel.consume('q', {}, 'q', (message: ConsumeMessage) => {
      if (message.fields.redelivered) channel.channel.ack(message);
      else channel.channel.nack(message);
    });
    await channel.publish('', 'q', 'again');
    await consumer.first(2);
    await channel.state('q');
  });

  sameOnBoth('recover gives everything back', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 2);
    const consumer = await channel.consume('q');
    await consumer.first(2);
    await channel.ask('recover', (it) => it.recover());
    await consumer.first(4);
  });

  sameOnBoth('what a closed channel held goes back', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 3);
    const other = await script.channel('other');
    await other.get('q');
    await other.get('q');
    await other.ask('close', (it) => it.close());
    await channel.depthIs('q', 3);
    for (let n = 0; n < 3; n++) await channel.get('q');
  });

  sameOnBoth('what a closed connection held goes back', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 2);
    const connection = await script.connect({}, 'goes away');
    const other = await script.channel('other', connection);
    await other.get('q');
    await connection.close();
    await channel.depthIs('q', 2);
    await channel.get('q');
    await channel.get('q');
  });

  sameOnBoth('purge leaves what is not acknowledged', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 3);
    const held = await channel.get('q');
    await channel.ask('purge', (it) => it.purgeQueue('q'));
    if (held) channel.channel.nack(held);
    await channel.depthIs('q', 1);
    await channel.get('q');
  });

  sameOnBoth('a cancelled consumer keeps what it has', async (script) => {
    const channel = await script.channel();
    await filled(channel, 'q', 2);
    await channel.ask('prefetch', (it) => it.prefetch(1));
    const consumer = await channel.consume('q');
    const [held] = await consumer.first(1);
    await channel.ask('cancel', (it) => it.cancel(consumer.consumerTag));
    await channel.state('q');
    if (held) channel.channel.ack(held);
    await channel.state('q');
  });
});
