import { once } from 'node:events';
import amqp from 'amqplib';
import { describe, expect, test, vi } from 'vitest';
import type { ConnectionEvent } from '../../../../electron/amqp/embedded/broker-events.ts';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { openRawClient } from './raw-client.ts';
import { connect, connectClient, refusal, startBroker } from './running-broker.ts';

function until(condition: () => void): Promise<void> {
  return vi.waitFor(condition, { timeout: 8000, interval: 5 });
}

describe('a connection', () => {
  test('with a wrong password is refused', async () => {
    const { port } = await startBroker();
    const wrong = amqp.connect(`amqp://guest:wrong@127.0.0.1:${port}/`);
    expect(await refusal(wrong)).toContain('403 (ACCESS-REFUSED)');
  });

  test('logs in with AMQPLAIN too', async () => {
    const { broker, port } = await startBroker();
    const opened = once(broker, 'connection');
    const connection = await amqp.connect(`amqp://127.0.0.1:${port}/`, {
      credentials: amqp.credentials.amqplain('guest', 'guest'),
    });
    expect(await opened).toMatchObject([{ kind: 'opened', user: 'guest' }]);
    await connection.close();
  });

  test('reaches the virtual hosts there are, as the users there are', async () => {
    const { broker, port } = await startBroker({ users: { kumo: 's3' }, vhosts: ['mail'] });
    broker.declareQueue('q', {}, 'mail');
    const connection = await amqp.connect(`amqp://kumo:s3@127.0.0.1:${port}/mail`);
    const channel = await connection.createChannel();
    expect((await channel.checkQueue('q')).messageCount).toBe(0);
    await connection.close();
    expect(await refusal(amqp.connect(`amqp://kumo:s3@127.0.0.1:${port}/`))).toContain(
      'ConnectionClose',
    );
    expect(await refusal(connect(port, 'mail'))).toContain('403');
  });

  test('is reported when it opens and when it closes', async () => {
    const { broker, port } = await startBroker();
    const events: ConnectionEvent[] = [];
    broker.on('connection', (event) => events.push(event));
    const connection = await amqp.connect(`amqp://guest:guest@127.0.0.1:${port}/`, {
      clientProperties: { connection_name: 'the worker' },
    });
    await connection.close();
    await until(() => expect(events).toHaveLength(2));
    expect(events).toMatchObject([
      { kind: 'opened', clientName: 'the worker', vhost: '/', reason: undefined },
      { kind: 'closed', clientName: 'the worker', reason: undefined },
    ]);
  });

  test('is kept alive by heartbeats', async () => {
    const { port } = await startBroker();
    const { connection, heard } = await connectClient(port, '?heartbeat=1');
    // amqplib gives up after two intervals without a byte from the broker.
    const started = Date.now();
    await until(() => expect(Date.now() - started).toBeGreaterThan(3200));
    expect(heard).toEqual([]);
    await connection.createChannel();
  });

  test('whose client falls silent is ended', async () => {
    const { broker, port } = await startBroker();
    const events: ConnectionEvent[] = [];
    broker.on('connection', (event) => events.push(event));
    const client = await openRawClient(port, 1);
    expect(await client.next()).toBeUndefined();
    await until(() => expect(events.at(-1)?.reason).toBe('the client sent no heartbeat for 2 s'));
  });

  test('above the memory cap may not publish until there is room', async () => {
    const { broker, port } = await startBroker({ memoryCapBytes: 100_000 });
    broker.declareQueue('q');
    const client = await connectClient(port);
    const body = Buffer.alloc(60_000);
    expect(await client.publish('', 'q', body)).toBe('ack');
    expect(await client.publish('', 'q', body)).toBe('ack');
    const third = client.publish('', 'q', body);
    await until(() => expect(client.heard).toEqual(['blocked low on memory']));
    const other = await connectClient(port);
    await other.channel.purgeQueue('q');
    expect(await third).toBe('ack');
    expect(client.heard).toEqual(['blocked low on memory', 'unblocked']);
  });
});

describe('the broker', () => {
  test('says goodbye when it closes, and can listen again with what it had', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('q');
    const client = await connectClient(port);
    await client.publish('', 'q');
    await broker.close();
    await until(() => expect(client.heard).toContain('connection close 320'));
    const again = await broker.listen();
    const other = await connectClient(again.port);
    expect((await other.channel.checkQueue('q')).messageCount).toBe(1);
  });

  test('listens on the port it is given, once', async () => {
    const { broker, port } = await startBroker();
    await expect(broker.listen()).rejects.toThrow(`listens already, on port ${port}`);
    const second = new EmbeddedBroker();
    await expect(second.listen({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await broker.close();
    expect(await second.listen({ port })).toEqual({ port });
    await second.close();
  });

  test('shows the waiting messages of a queue and leaves them there', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('q');
    const { publish } = await connectClient(port);
    await publish('', 'q', 'one', { headers: { a: 1 }, messageId: 'm', timestamp: 5 });
    await publish('', 'q', 'two');
    const peeked = broker.peek('q', 1);
    expect(peeked).toMatchObject([
      {
        exchange: '',
        routingKey: 'q',
        properties: { headers: { a: 1 }, messageId: 'm', timestamp: 5 },
      },
    ]);
    expect(peeked[0]?.body.toString()).toBe('one');
    expect(broker.topology().queues[0]?.messages).toBe(2);
    expect(() => broker.peek('other', 1)).toThrow("no queue 'other'");
  });

  test('tells a burst of changes once', async () => {
    const { broker } = await startBroker();
    let changes = 0;
    broker.on('changed', () => (changes += 1));
    const changed = once(broker, 'changed');
    for (let n = 0; n < 100; n++) broker.declareQueue(`q${n}`);
    await changed;
    expect(changes).toBe(1);
  });
});
