import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';

describeOnRabbitmq('expiry on both brokers', () => {
  sameOnBoth('a message that expires', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.publish('', 'q', 'short', { expiration: '30' });
    await channel.publish('', 'q', 'long', { expiration: '60000' });
    await channel.depthIs('q', 1);
    await channel.get('q');
  });

  sameOnBoth('one that expires behind one that does not stays until its turn', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.publish('', 'q', 'lasting');
    await channel.publish('', 'q', 'short', { expiration: '1' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await channel.state('q');
    await channel.get('q', { noAck: true });
    await channel.get('q');
  });

  sameOnBoth('a time to live of the queue, and the shorter of two', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { messageTtl: 40 });
    await channel.publish('', 'q', 'by the queue');
    await channel.depthIs('q', 0);
    await channel.queue('long', { messageTtl: 60_000 });
    await channel.publish('', 'long', 'by itself', { expiration: '30' });
    await channel.depthIs('long', 0);
  });

  sameOnBoth('a time to live of zero: only for who waits already', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { messageTtl: 0 });
    await channel.publish('', 'q', 'nobody waits');
    await channel.state('q');
    const consumer = await channel.consume('q', { noAck: true });
    await channel.publish('', 'q', 'somebody waits');
    await consumer.first(1);
    await channel.queue('other');
    await channel.publish('', 'other', 'x', { expiration: '0', mandatory: true });
    await channel.state('other');
  });

  sameOnBoth('a requeued message keeps its end', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { deadLetterExchange: '', deadLetterRoutingKey: 'dead' });
    await channel.queue('dead');
    await channel.publish('', 'q', 'x', { expiration: '40' });
    const got = await channel.get('q');
    await new Promise((resolve) => setTimeout(resolve, 60));
    await channel.state('dead');
    if (got) channel.channel.nack(got);
    await channel.depthIs('dead', 1);
    await channel.get('dead');
  });

  sameOnBoth('a queue that nobody uses goes', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { expires: 60 });
    await channel.publish('', 'q', 'does not keep it');
    await channel.queue('used', { expires: 60 });
    await channel.consume('used');
    await new Promise((resolve) => setTimeout(resolve, 150));
    await channel.state('used');
    await channel.state('q');
    await channel.closed();
  });

  sameOnBoth('declaring and getting keep an unused queue', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { expires: 300 });
    for (let n = 0; n < 4; n++) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      if (n % 2 === 0) await channel.get('q');
      else await channel.queue('q', { expires: 300 });
    }
    await channel.state('q');
  });
});
