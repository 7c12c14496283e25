import type { ConsumeMessage } from 'amqplib';
import { describe, expect, test, vi } from 'vitest';
import { connectClient, depth, refusal, startBroker } from './running-broker.ts';
import type { Client } from './running-broker.ts';

async function publishAll(client: Client, queue: string, bodies: readonly string[]): Promise<void> {
  await Promise.all(bodies.map((body) => client.publish('', queue, body)));
}

function until(condition: () => void): Promise<void> {
  return vi.waitFor(condition, { timeout: 5000, interval: 5 });
}

describe('a consumer', () => {
  test('gets what waits and what comes, in order', async () => {
    const { port } = await startBroker();
    const client = await connectClient(port);
    await client.channel.assertQueue('q');
    await publishAll(client, 'q', ['1', '2']);
    const got: string[] = [];
    await client.channel.consume('q', (m) => got.push(m?.content.toString() ?? ''), {
      noAck: true,
    });
    await publishAll(client, 'q', ['3', '4']);
    await until(() => expect(got).toEqual(['1', '2', '3', '4']));
  });

  test('gets no more than its prefetch before it acknowledges', async () => {
    const running = await startBroker();
    const client = await connectClient(running.port);
    await client.channel.assertQueue('q');
    await publishAll(client, 'q', ['1', '2', '3']);
    await client.channel.prefetch(1);
    const got: ConsumeMessage[] = [];
    await client.channel.consume('q', (m) => m !== null && got.push(m));
    await until(() => expect(got).toHaveLength(1));
    expect(running.broker.topology().queues[0]).toMatchObject({ messages: 2, unacknowledged: 1 });
    const [first] = got;
    if (first !== undefined) client.channel.ack(first);
    await until(() => expect(got).toHaveLength(2));
  });

  test('shares the limit of its channel with the others there', async () => {
    const running = await startBroker();
    const client = await connectClient(running.port);
    const got: ConsumeMessage[] = [];
    await client.channel.prefetch(2, true);
    for (const queue of ['one', 'two']) {
      await client.channel.assertQueue(queue);
      await publishAll(client, queue, ['1', '2']);
      await client.channel.consume(queue, (m) => m !== null && got.push(m));
    }
    await client.channel.checkQueue('one');
    expect(got).toHaveLength(2);
    client.channel.ackAll();
    await until(() => expect(got).toHaveLength(4));
  });

  test('that rejects and requeues gets the message again, marked as redelivered', async () => {
    const { port } = await startBroker();
    const { channel, publish } = await connectClient(port);
    await channel.assertQueue('q');
    await publish('', 'q');
    const redelivered: boolean[] = [];
    await channel.consume('q', (m) => {
      if (m === null) return;
      redelivered.push(m.fields.redelivered);
      if (m.fields.redelivered) channel.ack(m);
      else channel.nack(m);
    });
    await until(() => expect(redelivered).toEqual([false, true]));
  });

  test('that rejects for good loses the message', async () => {
    const running = await startBroker();
    const { channel, publish } = await connectClient(running.port);
    await channel.assertQueue('q');
    await publish('', 'q');
    const got = await channel.get('q');
    if (got !== false) channel.reject(got, false);
    expect((await channel.checkQueue('q')).messageCount).toBe(0);
    expect(running.broker.memoryBytes).toBe(0);
  });

  test('acknowledges many at once', async () => {
    const running = await startBroker();
    const client = await connectClient(running.port);
    await client.channel.assertQueue('q');
    await publishAll(client, 'q', ['1', '2', '3']);
    await client.channel.get('q');
    const second = await client.channel.get('q');
    await client.channel.get('q');
    if (second !== false) client.channel.ack(second, true);
    await client.channel.checkQueue('q');
    expect(running.broker.topology().queues[0]).toMatchObject({ messages: 0, unacknowledged: 1 });
  });

  test('that goes away leaves what it did not acknowledge', async () => {
    const running = await startBroker();
    const client = await connectClient(running.port);
    await client.channel.assertQueue('q');
    await publishAll(client, 'q', ['1', '2']);
    const other = await connectClient(running.port);
    await other.channel.get('q');
    await other.connection.close();
    expect(depth(running, 'q')).toBe(2);
    const again = await client.channel.get('q');
    expect(again !== false && [again.content.toString(), again.fields.redelivered]).toEqual([
      '1',
      true,
    ]);
  });

  test('is told when its queue is deleted', async () => {
    const { port } = await startBroker();
    const { channel } = await connectClient(port);
    await channel.assertQueue('q');
    const cancelled = new Promise<void>((resolve) => {
      void channel.consume('q', (m) => m === null && resolve());
    });
    await channel.deleteQueue('q');
    await cancelled;
  });

  test('gets forty megabytes, more than may be under way to it at once', async () => {
    const running = await startBroker();
    running.broker.declareQueue('q');
    const client = await connectClient(running.port);
    const body = Buffer.alloc(1024 * 1024);
    for (let n = 0; n < 40; n++) await client.publish('', 'q', body);
    const got: number[] = [];
    await client.channel.consume('q', (m) => got.push(m?.content.length ?? 0), { noAck: true });
    await until(() => expect(got).toHaveLength(40));
  });

  test('that is exclusive is alone', async () => {
    const { port } = await startBroker();
    const client = await connectClient(port);
    await client.channel.assertQueue('q');
    await client.channel.consume('q', () => undefined, { exclusive: true });
    const other = await connectClient(port);
    expect(await refusal(other.channel.consume('q', () => undefined))).toContain(
      "ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use",
    );
  });

  test('that acknowledges what it was not given loses its channel', async () => {
    const { port } = await startBroker();
    const client = await connectClient(port);
    await client.channel.assertQueue('q');
    await client.publish('', 'q');
    const got = await client.channel.get('q', { noAck: true });
    if (got !== false) client.channel.ack(got);
    expect(await refusal(client.channel.checkQueue('q'))).toContain('unknown delivery tag 1');
  });
});
