import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { replyCodes } from '../../../../electron/amqp/embedded/wire/amqp-error.ts';
import { parseFault } from '../../../../electron/amqp/embedded/faults.ts';
import { connect, connectClient, depth, refusal, startBroker } from './running-broker.ts';
import type { Client, RunningBroker } from './running-broker.ts';

async function withFault(fault: string): Promise<RunningBroker & { readonly client: Client }> {
  const running = await startBroker();
  running.broker.declareQueue('q');
  const client = await connectClient(running.port);
  await running.broker.setFault(parseFault(fault));
  return { ...running, client };
}

function until(condition: () => void): Promise<void> {
  return vi.waitFor(condition, { timeout: 5000, interval: 5 });
}

describe('the fault', () => {
  test('nack refuses the message and keeps none', async () => {
    const running = await withFault('nack');
    expect(await running.client.publish('', 'q')).toBe('message nacked');
    expect(depth(running, 'q')).toBe(0);
  });

  test('unroutable returns a mandatory message and acknowledges it', async () => {
    const running = await withFault('unroutable');
    expect(await running.client.publish('', 'q', 'x', { mandatory: true })).toBe('ack');
    expect(await running.client.publish('', 'q', 'x')).toBe('ack');
    expect(running.client.heard).toEqual(['return 312 NO_ROUTE']);
    expect(depth(running, 'q')).toBe(0);
  });

  test('silent keeps the message and never confirms it; those after it are confirmed', async () => {
    const running = await withFault('silent');
    let first: string | undefined;
    void running.client.publish('', 'q').then((outcome) => {
      first = outcome;
    });
    await until(() => expect(depth(running, 'q')).toBe(1));
    await running.broker.setFault(undefined);
    const later = Array.from({ length: 20 }, () => running.client.publish('', 'q'));
    expect(new Set(await Promise.all(later))).toEqual(new Set(['ack']));
    expect(first).toBeUndefined();
  });

  test('delay confirms later, in the meantime the message is there', async () => {
    const running = await withFault('delay:300');
    const started = performance.now();
    const confirmed = running.client.publish('', 'q');
    await until(() => expect(depth(running, 'q')).toBe(1));
    expect(await confirmed).toBe('ack');
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
  });

  test('reset resets the TCP connection', async () => {
    const { client } = await withFault('reset');
    expect(await client.publish('', 'q')).toBe('channel closed');
    await until(() => expect(client.heard).toContain('connection error ECONNRESET'));
  });

  test('block tells the publisher, holds its message back and lets it go when lifted', async () => {
    const running = await withFault('block');
    const { client, broker } = running;
    const confirmed = client.publish('', 'q');
    await until(() => expect(client.heard).toEqual(['blocked low on memory']));
    expect(depth(running, 'q')).toBe(0);
    // Who does not publish is served meanwhile, on the same connection too.
    const other = await client.connection.createChannel();
    expect((await other.checkQueue('q')).messageCount).toBe(0);
    await broker.setFault(undefined);
    expect(await confirmed).toBe('ack');
    expect(client.heard).toEqual(['blocked low on memory', 'unblocked']);
  });

  test('block holds back many megabytes in order', async () => {
    const running = await withFault('block');
    const { client, broker } = running;
    const bodies = Array.from({ length: 40 }, (_, n) => Buffer.alloc(100_000, n));
    const confirmed = bodies.map((body) => client.publish('', 'q', body));
    await until(() => expect(client.heard).toEqual(['blocked low on memory']));
    await broker.setFault(undefined);
    expect(new Set(await Promise.all(confirmed))).toEqual(new Set(['ack']));
    const kept = broker.peek('q', 100).map(({ body }) => body[0]);
    expect(kept).toEqual(bodies.map((body) => body[0]));
  });

  test('block lets a client close its connection', async () => {
    const { client } = await withFault('block');
    void client.publish('', 'q');
    await until(() => expect(client.heard).toHaveLength(1));
    await client.connection.close();
  });

  test.each(replyCodes)('close-channel:%i closes the channel with that code', async (code) => {
    const { client } = await withFault(`close-channel:${code}`);
    expect(await client.publish('', 'q')).toBe('channel closed');
    expect(client.heard).toEqual([`channel error ${code}`, 'channel close']);
    await client.connection.createChannel();
  });

  test.each(replyCodes.filter((code) => code !== 320))(
    'close-connection:%i closes the connection with that code',
    async (code) => {
      const { client } = await withFault(`close-connection:${code}`);
      expect(await client.publish('', 'q')).toBe('channel closed');
      await until(() => expect(client.heard).toContain(`connection error ${code}`));
    },
  );

  test('close-connection:320 looks like an operator: a close without an error', async () => {
    const { client } = await withFault('close-connection:320');
    expect(await client.publish('', 'q')).toBe('channel closed');
    await until(() => expect(client.heard).toContain('connection close 320'));
    expect(client.heard.some((what) => what.startsWith('connection error'))).toBe(false);
  });

  test('close-channel:404 names the exchange as RabbitMQ would', async () => {
    const { broker, client } = await withFault('close-channel:404');
    const told = once(broker, 'protocolError');
    await client.publish('amq.topic', 'k');
    expect(await told).toMatchObject([
      { replyCode: 404, replyText: "NOT_FOUND - no exchange 'amq.topic' in vhost '/'" },
    ]);
  });

  test('refuse drops connections and refuses new ones until it is lifted, on the same port', async () => {
    const { broker, port, client } = await withFault('refuse');
    await until(() => expect(client.heard).toContain('connection close'));
    await expect(connect(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(broker.port).toBe(port);
    await broker.setFault(undefined);
    const again = await connectClient(port);
    expect(await again.publish('', 'q')).toBe('ack');
  });

  test('refuse may be set and lifted faster than sockets are', async () => {
    const { broker, port } = await withFault('refuse');
    const lifted = broker.setFault(undefined);
    await broker.setFault(parseFault('refuse'));
    await lifted;
    await expect(connect(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await Promise.all([
      broker.setFault(undefined),
      broker.setFault(parseFault('nack')),
      broker.setFault(undefined),
    ]);
    await connectClient(port);
  });

  test('auth refuses the login of new connections', async () => {
    const { port, client } = await withFault('auth');
    expect(await refusal(connect(port))).toContain('403 (ACCESS-REFUSED)');
    expect(await client.publish('', 'q')).toBe('ack');
  });

  test('vhost refuses new connections with 530', async () => {
    const { broker, port } = await withFault('vhost');
    const told = once(broker, 'protocolError');
    expect(await refusal(connect(port))).toContain('ConnectionClose');
    expect(await told).toMatchObject([
      { replyCode: 530, replyText: 'NOT_ALLOWED - vhost / not found' },
    ]);
  });

  test('is changed while the connection stays', async () => {
    const { broker, client } = await withFault('nack');
    expect(await client.publish('', 'q')).toBe('message nacked');
    await broker.setFault(parseFault('unroutable'));
    expect(await client.publish('', 'q', 'x', { mandatory: true })).toBe('ack');
    await broker.setFault(undefined);
    expect(await client.publish('', 'q')).toBe('ack');
    expect(broker.fault).toBeUndefined();
  });
});

describe('a fault with conditions', () => {
  test('meets the messages it is for, while traffic runs', async () => {
    const { broker, client } = await withFault('nack@n=2,key=q');
    broker.declareQueue('other');
    const outcomes = ['q', 'other', 'q', 'q'].map((key) => client.publish('', key));
    expect(await Promise.all(outcomes)).toEqual(['ack', 'ack', 'message nacked', 'ack']);
    await broker.setFault(parseFault('unroutable@every=2'));
    await client.publish('', 'q', 'x', { mandatory: true });
    await client.publish('', 'q', 'x', { mandatory: true });
    expect(client.heard).toEqual(['return 312 NO_ROUTE']);
  });

  test('nacks and is late', async () => {
    const { client } = await withFault('nack+delay:120');
    const started = performance.now();
    expect(await client.publish('', 'q')).toBe('message nacked');
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
  });

  test('block for a time ends by itself', async () => {
    const { client } = await withFault('block@for=300ms');
    expect(await client.publish('', 'q')).toBe('ack');
    expect(client.heard).toEqual(['blocked low on memory', 'unblocked']);
  });

  test('refuse after a time drops connections then, and ends by itself', async () => {
    const { port, client } = await withFault('refuse@after=150ms,for=150ms');
    expect(await client.publish('', 'q')).toBe('ack');
    await until(() => expect(client.heard).toContain('connection close'));
    await vi.waitFor(() => connect(port), { timeout: 5000, interval: 50 });
  });

  test('auth refuses the first login alone', async () => {
    const { port } = await withFault('auth@n=1');
    expect(await refusal(connect(port))).toContain('403 (ACCESS-REFUSED)');
    await (await connect(port)).close();
  });
});
