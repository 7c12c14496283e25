import { describe, expect, test } from 'vitest';
import type { PublishedEvent } from '../../../../electron/amqp/embedded/broker-events.ts';
import { connectClient, depth, startBroker } from './running-broker.ts';

describe('a publish', () => {
  test('to a queue is confirmed and kept', async () => {
    const running = await startBroker();
    const client = await connectClient(running.port);
    await client.channel.assertQueue('q');
    expect(await client.publish('', 'q')).toBe('ack');
    expect(depth(running, 'q')).toBe(1);
  });

  test('that is mandatory and finds no queue is returned, then confirmed', async () => {
    const { port } = await startBroker();
    const client = await connectClient(port);
    expect(await client.publish('', 'nowhere', 'x', { mandatory: true })).toBe('ack');
    expect(client.heard).toEqual(['return 312 NO_ROUTE']);
  });

  test('that is not mandatory and finds no queue is confirmed all the same', async () => {
    const { port } = await startBroker();
    const client = await connectClient(port);
    expect(await client.publish('', 'nowhere')).toBe('ack');
    expect(client.heard).toEqual([]);
  });

  test('to a full queue that rejects is nacked', async () => {
    const running = await startBroker();
    running.broker.declareQueue('q', { 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    const client = await connectClient(running.port);
    expect(await client.publish('', 'q')).toBe('ack');
    expect(await client.publish('', 'q')).toBe('message nacked');
    expect(depth(running, 'q')).toBe(1);
  });

  test('keeps its body over many frames, and its properties', async () => {
    const { port } = await startBroker();
    const { channel, publish } = await connectClient(port, '?frameMax=4096');
    await channel.assertQueue('q');
    const body = Buffer.from(Array.from({ length: 50_000 }, (_, n) => n % 251));
    const headers = { n: 1, s: 'é', at: { '!': 'timestamp', value: 5 }, list: [1, 'a'], no: null };
    await publish('', 'q', body, { headers, persistent: true, contentType: 'a/b', messageId: 'm' });
    const got = await channel.get('q', { noAck: true });
    if (got === false) throw new Error('The queue is empty.');
    expect(got.content.equals(body)).toBe(true);
    expect(got.properties).toMatchObject({
      headers,
      deliveryMode: 2,
      contentType: 'a/b',
      messageId: 'm',
    });
  });

  test('without a body is a message too', async () => {
    const running = await startBroker();
    const client = await connectClient(running.port);
    await client.channel.assertQueue('q');
    expect(await client.publish('', 'q', Buffer.alloc(0))).toBe('ack');
    const got = await client.channel.get('q', { noAck: true });
    expect(got !== false && got.content.length).toBe(0);
  });

  test('among thousands gets its own confirm', async () => {
    const running = await startBroker();
    running.broker.declareQueue('q');
    running.broker.declareQueue('full', { 'x-max-length': 0, 'x-overflow': 'reject-publish' });
    const client = await connectClient(running.port);
    const outcomes = await Promise.all(
      Array.from({ length: 3000 }, (_, n) => client.publish('', n % 7 === 0 ? 'full' : 'q')),
    );
    const expected = Array.from({ length: 3000 }, (_, n) =>
      n % 7 === 0 ? 'message nacked' : 'ack',
    );
    expect(outcomes).toEqual(expected);
  });

  test.each([
    [
      'a missing exchange',
      'nope',
      {},
      "404 (NOT-FOUND) with message \"NOT_FOUND - no exchange 'nope' in vhost '/'\"",
    ],
    [
      'the name of somebody else',
      '',
      { userId: 'bob' },
      "user_id property set to 'bob' but authenticated user was 'guest'",
    ],
    [
      'an expiration that is no number',
      '',
      { expiration: 'soon' },
      "invalid expiration 'soon': no_integer",
    ],
  ])('with %s closes the channel', async (_what, exchange, options, text) => {
    const { broker, port } = await startBroker();
    const client = await connectClient(port);
    const errors: string[] = [];
    client.channel.on('error', (error: Error) => errors.push(error.message));
    broker.on('protocolError', ({ replyCode }) => errors.push(String(replyCode)));
    expect(await client.publish(exchange, 'q', 'x', options)).toBe('channel closed');
    expect(errors[0]).toMatch(/^40[46]$/);
    expect(errors[1]).toContain(text);
  });

  test('above the largest size closes the channel', async () => {
    const { port } = await startBroker({ maxMessageBytes: 10 });
    const client = await connectClient(port);
    expect(await client.publish('', 'q', 'x'.repeat(10))).toBe('ack');
    expect(await client.publish('', 'q', 'x'.repeat(11))).toBe('channel closed');
    expect(client.heard).toEqual(['channel error 406', 'channel close']);
  });

  test('is reported with what became of it', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('q');
    const client = await connectClient(port);
    const events: PublishedEvent[] = [];
    broker.on('published', (event) => events.push(event));
    await client.publish('', 'q', 'four');
    await client.publish('', 'nowhere', 'x', { mandatory: true });
    expect(events).toMatchObject([
      { verb: 'ack', why: 'routed', queues: ['q'], bodyBytes: 4, deliveryTag: 1, returned: false },
      { verb: 'ack', why: 'unroutable', queues: [], mandatory: true, returned: true },
    ]);
  });

  test('on a channel without confirms is reported as unconfirmed', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('q');
    const client = await connectClient(port);
    const plain = await client.connection.createChannel();
    const reported = new Promise<PublishedEvent>((resolve) => broker.once('published', resolve));
    plain.publish('', 'q', Buffer.from('x'));
    expect(await reported).toMatchObject({ verb: 'none', why: 'routed', deliveryTag: 0 });
  });
});
