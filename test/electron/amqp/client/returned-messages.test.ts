import { describe, expect, it } from 'vitest';
import { connectPublisher } from '../../../../electron/amqp/client/publisher.ts';
import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { adminChannel, afterwards, BROKERS, LIMITS, message } from './brokers.ts';

for (const [name, open] of Object.entries(BROKERS)) {
  const suite = name === 'RabbitMQ' ? describeOnRabbitmq : describe;
  suite(`which publish a return of ${name} belongs to`, () => {
    it('is found among many outstanding, whatever ids the script set', async () => {
      const address = await open();
      const channel = await adminChannel(address);
      await channel.assertQueue('inbox');
      await channel.bindQueue('inbox', 'amq.headers', '', { 'x-match': 'all', keep: 'yes' });
      const publisher = await connectPublisher(address, LIMITS);
      afterwards(() => publisher.close().catch(() => undefined));
      // Every message has the same id, exchange, routing key and payload: only the header decides.
      const kept = Array.from({ length: 600 }, (_, index) => index % 3 !== 0);
      const verdicts = await Promise.all(
        kept.map((keep) =>
          publisher.publish(
            message('amq.headers', 'same', {
              properties: { message_id: 'same', headers: { keep: keep ? 'yes' : 'no', n: 1.5 } },
            }),
          ),
        ),
      );
      expect(verdicts.map(({ verdict }) => verdict === 'acked')).toEqual(kept);
      expect(verdicts.filter(({ verdict }) => verdict === 'unroutable')).toHaveLength(200);
      expect((await channel.checkQueue('inbox')).messageCount).toBe(400);
    });

    it('is found among messages that differ only in their payload', async () => {
      const address = await open();
      const channel = await adminChannel(address);
      const publisher = await connectPublisher(address, LIMITS);
      afterwards(() => publisher.close().catch(() => undefined));
      await channel.assertQueue('inbox');
      const verdicts = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          publisher.publish(
            message('', index % 2 === 0 ? 'inbox' : 'nowhere', {
              payload: new TextEncoder().encode(`message ${index % 7}`),
            }),
          ),
        ),
      );
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(
        Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 'acked' : 'unroutable')),
      );
    });

    it('leaves the message as the script made it', async () => {
      const address = await open();
      const channel = await adminChannel(address);
      await channel.assertQueue('inbox');
      const publisher = await connectPublisher(address, LIMITS);
      afterwards(() => publisher.close().catch(() => undefined));
      const properties = { content_type: 'text/plain', headers: { tenant: 'a' }, priority: 3 };
      await publisher.publish(message('', 'inbox', { properties }));
      const got = await channel.get('inbox', { noAck: true });
      expect(got).toMatchObject({
        content: Buffer.from('hello'),
        properties: { contentType: 'text/plain', headers: { tenant: 'a' }, priority: 3 },
      });
      expect(got === false ? undefined : got.properties.messageId).toBeUndefined();
      expect(got === false ? undefined : got.properties.deliveryMode).toBeUndefined();
    });
  });
}
