import { describe, expect, test } from 'vitest';
import type { MethodName } from '../../../../electron/amqp/embedded/wire/method-table.ts';
import {
  contentFrames,
  methodFrame,
} from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { parseFault } from '../../../../electron/amqp/embedded/faults.ts';
import { openRawClient } from './raw-client.ts';
import type { RawClient } from './raw-client.ts';
import { depth, startBroker } from './running-broker.ts';

const noProperties = Buffer.from([0, 0]);

function publish(client: RawClient, routingKey: string): void {
  const content = { encodedProperties: noProperties, body: Buffer.from('x') };
  client.write(...contentFrames(1, 'basic.publish', { routingKey }, content, 4096));
}

async function answer(client: RawClient, method: MethodName): Promise<unknown> {
  client.write(methodFrame(1, method, {}));
  return client.next();
}

describe('a transaction', () => {
  test('stores with the commit, and nothing after a rollback', async () => {
    const running = await startBroker();
    running.broker.declareQueue('q');
    const client = await openRawClient(running.port);
    expect(await answer(client, 'tx.select')).toMatchObject({ name: 'tx.select-ok' });
    publish(client, 'q');
    expect(await answer(client, 'tx.rollback')).toMatchObject({ name: 'tx.rollback-ok' });
    publish(client, 'q');
    publish(client, 'q');
    expect(depth(running, 'q')).toBe(0);
    expect(await answer(client, 'tx.commit')).toMatchObject({ name: 'tx.commit-ok' });
    expect(depth(running, 'q')).toBe(2);
  });

  test('whose message meets the fault nack fails as a whole', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('q');
    await broker.setFault(parseFault('nack@n=2'));
    const client = await openRawClient(port);
    await answer(client, 'tx.select');
    publish(client, 'q');
    publish(client, 'q');
    expect(await answer(client, 'tx.commit')).toMatchObject({
      name: 'channel.close',
      args: { replyCode: 406, replyText: 'PRECONDITION_FAILED - partial tx completion' },
    });
  });

  test('is committed later with the fault delay', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('q');
    await broker.setFault(parseFault('delay:150'));
    const client = await openRawClient(port);
    await answer(client, 'tx.select');
    publish(client, 'q');
    const started = performance.now();
    expect(await answer(client, 'tx.commit')).toMatchObject({ name: 'tx.commit-ok' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(145);
  });
});
