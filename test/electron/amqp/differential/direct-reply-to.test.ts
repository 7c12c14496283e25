import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';

const replies = 'amq.rabbitmq.reply-to';

describeOnRabbitmq('direct reply-to on both brokers', () => {
  sameOnBoth('a question and its answers', async (script) => {
    const asking = await script.channel('asking');
    const answering = await script.channel('answering');
    await answering.queue('q');
    const consumer = await asking.consume(replies, { noAck: true, consumerTag: 'replies' });
    await asking.publish('', 'q', 'question', { replyTo: replies, correlationId: 'c' });
    const question = await answering.get('q', { noAck: true });
    const address = String(question?.properties.replyTo);
    await answering.ask('there', (it) => it.checkQueue(address));
    await answering.publish('', address, 'answer', { correlationId: 'c' });
    await answering.publish('', address, 'another', { mandatory: true });
    await answering.returned(1);
    await consumer.first(2);
    await asking.ask('cancel', (it) => it.cancel('replies'));
    await answering.publish('', address, 'too late');
    await answering.ask('gone', async (it) => {
      await it.checkQueue(address);
    });
    await answering.closed();
  });

  sameOnBoth('with acknowledgements', async (script) => {
    const channel = await script.channel();
    await channel.consume(replies);
    await channel.closed();
  });

  sameOnBoth('twice', async (script) => {
    const channel = await script.channel();
    await channel.consume(replies, { noAck: true });
    await channel.consume(replies, { noAck: true });
    await channel.closed();
  });

  sameOnBoth('a question without waiting for replies', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.publish('', 'q', 'question', { replyTo: replies });
    await channel.closed();
  });
});
