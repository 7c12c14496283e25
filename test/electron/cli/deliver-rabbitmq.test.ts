import amqplib from 'amqplib';
import { expect, it } from 'vitest';
import type { BrokerAddress } from '../../../electron/amqp/client-contract.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { describeOnRabbitmq, newVhost } from '../../rabbitmq/rabbitmq.ts';
import { deliverJson, samplePolicy } from './run-cli.ts';

const ROUTING = samplePolicy('amqp-routing');
const LOG_HOOK = samplePolicy('amqp-log-hook');

function urlOf(address: BrokerAddress, change: Partial<BrokerAddress> = {}): string {
  const { username, password, host, port, vhost } = { ...address, ...change };
  const login = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
  return `amqp://${login}@${host}:${port}/${encodeURIComponent(vhost)}`;
}

/** What the samples publish to; `args` as in RabbitMQ. */
async function declareLogging(url: string, args: Record<string, unknown> = {}): Promise<void> {
  const connection = await amqplib.connect(url);
  const channel = await connection.createChannel();
  await channel.assertQueue('logging', { durable: true, arguments: args });
  await connection.close();
}

function verdictOf(entries: readonly Entry[]) {
  return entries.find((entry) => entry.kind === 'verdict');
}

describeOnRabbitmq('deliver to RabbitMQ', () => {
  it('ends with a Delivery that is in the queue', async () => {
    const url = urlOf(await newVhost());
    await declareLogging(url);
    const run = await deliverJson([ROUTING, '--queue', 'amqp', '--broker', url, '--count', '5']);
    expect(run.status).toBe(0);
    expect(run.record).toMatchObject({ type: 'Delivery', response: { content: '250 ok' } });
    const connection = await amqplib.connect(url);
    const channel = await connection.createChannel();
    expect((await channel.checkQueue('logging')).messageCount).toBe(5);
    await connection.close();
  });

  it('never shows the password', async () => {
    const address = await newVhost();
    const run = await deliverJson([ROUTING, '--queue', 'amqp', '--broker', urlOf(address)]);
    expect(run.entries[0]).toMatchObject({ kind: 'run', broker: { profile: 'url' } });
    expect(JSON.stringify(run.entries[0])).not.toContain(`:${address.password}@`);
  });

  it('bounces with the JSON of the script when a full queue refuses', async () => {
    const url = urlOf(await newVhost());
    await declareLogging(url, { 'x-max-length': 0, 'x-overflow': 'reject-publish' });
    const run = await deliverJson([ROUTING, '--queue', 'amqp', '--broker', url]);
    expect(verdictOf(run.entries)?.verdict).toBe('nacked');
    expect(run.record).toMatchObject({ type: 'Bounce', response: { code: 500 } });
    expect(JSON.parse(run.record.response.content)).toEqual({ status: 'Nack' });
  });

  it('shouts the silent loss of basic_publish without a queue', async () => {
    const url = urlOf(await newVhost());
    const run = await deliverJson([LOG_HOOK, '--queue', 'amqp', '--broker', url]);
    expect(verdictOf(run.entries)).toMatchObject({ verdict: 'unroutable', reply_code: 312 });
    expect(run.record.type).toBe('Delivery');
    expect(run.stdout).toContain('"code":"silent-loss"');
    expect(run.status).toBe(1);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, 403, 'ACCESS-REFUSED'],
    ['a missing virtual host', { vhost: 'nowhere' }, 530, 'NOT-ALLOWED'],
  ])('tells %s in words and what kumod logs', async (_what, change, code, text) => {
    const url = urlOf(await newVhost(), change);
    const run = await deliverJson([ROUTING, '--queue', 'amqp', '--broker', url]);
    expect(verdictOf(run.entries)).toMatchObject({ verdict: 'failed', reply_code: code });
    expect(run.record).toMatchObject({ type: 'TransientFailure', response: { code: 400 } });
    expect(run.record.response.content).toContain(text);
  });
});
