/** Each change that is listed is one, on the broker as a client sees it; RabbitMQ itself is not asked. */
import { readFileSync } from 'node:fs';
import amqp from 'amqplib';
import type { GetMessage } from 'amqplib';
import { describe, expect, test } from 'vitest';
import {
  dialectChanges,
  dialectNames,
  dialectOfVersion,
} from '../../../../electron/amqp/embedded/dialects.ts';
import type { DialectChangeId, DialectName } from '../../../../electron/amqp/embedded/dialects.ts';
import type { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { answerToBeginning } from '../differential/raw-script.ts';
import { connectClient, refusal, startBroker } from './running-broker.ts';
import type { Client } from './running-broker.ts';

interface Lab extends Client {
  readonly broker: EmbeddedBroker;
  readonly port: number;
}

/** Does the same with a broker of either dialect and says what each answered. */
function changes(
  id: DialectChangeId,
  expected: { readonly [name in DialectName]: unknown },
  act: (lab: Lab) => Promise<unknown>,
): void {
  for (const dialect of dialectNames) {
    test(`${id} on ${dialect}`, async () => {
      const { broker, port } = await startBroker({ dialect });
      expect(await act({ ...(await connectClient(port)), broker, port })).toEqual(
        expected[dialect],
      );
    });
  }
}

/** A dead letter of `source`, whose queue gives it `args` besides the exchange. */
async function deadLetter(
  { channel, publish }: Lab,
  options: amqp.Options.Publish = {},
  args: object = {},
): Promise<GetMessage> {
  await channel.assertExchange('dlx', 'topic');
  await channel.assertQueue('dead');
  await channel.bindQueue('dead', 'dlx', '#');
  await channel.assertQueue('source', {
    arguments: { 'x-dead-letter-exchange': 'dlx', ...args },
  });
  await publish('', 'source', 'x', options);
  const got = await channel.get('source');
  if (got) channel.reject(got, false);
  await expect.poll(async () => (await channel.checkQueue('dead')).messageCount).toBe(1);
  return (await channel.get('dead')) as GetMessage;
}

function names({ properties }: GetMessage, pattern: RegExp): string[] {
  return Object.keys(properties.headers ?? {}).filter((name) => pattern.test(name));
}

describe('the dialects of the embedded broker', () => {
  test('each listed change has its test', () => {
    const source = readFileSync(import.meta.filename, 'utf8');
    expect(dialectChanges.filter(({ id }) => !source.includes(`'${id}'`))).toEqual([]);
  });

  test('follow from the version that a node names', () => {
    expect(['3.10.8', '3.13.1', '4.0.5', '4.1.0'].map(dialectOfVersion)).toEqual([
      'rabbitmq-3.10',
      'rabbitmq-3.10',
      'rabbitmq-4',
      'rabbitmq-4',
    ]);
  });

  changes(
    'message-size',
    {
      'rabbitmq-3.10': ['ack', []],
      'rabbitmq-4': ['channel closed', ['channel error 406', 'channel close']],
    },
    async ({ publish, heard }) => [
      await publish('', 'nowhere', Buffer.alloc(16 * 1024 * 1024 + 1)),
      heard,
    ],
  );

  changes(
    'refused-access',
    { 'rabbitmq-3.10': "access to queue 'q'", 'rabbitmq-4': "configure access to queue 'q'" },
    async ({ broker, port }) => {
      const permissions = [{ user: 'reader', vhost: '/', configure: '', write: '', read: '.*' }];
      const users = [{ name: 'reader', password: 'secret', tags: [] }];
      broker.loadDefinitions({ vhosts: [{ name: '/' }], users, permissions });
      const reader = await amqp.connect(`amqp://reader:secret@127.0.0.1:${port}/`);
      const channel = await reader.createChannel();
      channel.on('error', () => undefined);
      const refused = await refusal(channel.assertQueue('q'));
      await reader.close();
      return /(?<=ACCESS_REFUSED - ).*(?= in vhost)/.exec(refused)?.[0];
    },
  );

  changes(
    'unknown-exchange-type',
    { 'rabbitmq-3.10': 'connection error 503', 'rabbitmq-4': 'channel error 406' },
    async ({ channel, heard }) => {
      await refusal(channel.assertExchange('e', 'bogus'));
      await expect.poll(() => heard).toContain('channel close');
      return heard[0];
    },
  );

  changes(
    'delivery-modes',
    { 'rabbitmq-3.10': ['channel closed'], 'rabbitmq-4': ['ack', 3] },
    async ({ channel, publish }) => {
      await channel.assertQueue('q');
      const outcome = await publish('', 'q', 'x', { deliveryMode: 3 as never });
      if (outcome !== 'ack') return [outcome];
      const got = await channel.get('q');
      return [outcome, got && (got.properties.deliveryMode as unknown)];
    },
  );

  changes(
    'header-numbers',
    { 'rabbitmq-3.10': ['int', 'double'], 'rabbitmq-4': ['int', 'in milliseconds'] },
    async ({ channel, publish }) => {
      await channel.assertQueue('q');
      await channel.bindQueue('q', 'amq.headers', '', { a: 2000 });
      const tried = {
        int: 2000,
        double: { '!': 'double', value: 2000 },
        'in milliseconds': { '!': 'timestamp', value: 2 },
      };
      const arrived: string[] = [];
      for (const [name, a] of Object.entries(tried)) {
        await publish('amq.headers', '', name, { headers: { a } });
        if (await channel.get('q', { noAck: true })) arrived.push(name);
      }
      return arrived;
    },
  );

  changes(
    'last-death',
    {
      'rabbitmq-3.10': [],
      'rabbitmq-4': ['x-last-death-reason', 'x-last-death-queue', 'x-last-death-exchange'],
    },
    async (lab) => names(await deadLetter(lab), /^x-last/),
  );

  changes('published-deaths', { 'rabbitmq-3.10': [3, 1], 'rabbitmq-4': [1] }, async (lab) => {
    const other = { queue: 'elsewhere', reason: 'expired', count: 1 };
    const here = { queue: 'source', reason: 'rejected', count: 2 };
    const dead = await deadLetter(lab, { headers: { 'x-death': [other, here] } });
    return dead.properties.headers?.['x-death']?.map(({ count }) => count);
  });

  changes('carbon-copies', { 'rabbitmq-3.10': [[], 0], 'rabbitmq-4': [['CC'], 0] }, async (lab) => {
    const key = { 'x-dead-letter-routing-key': 'buried' };
    await lab.channel.assertExchange('dlx', 'topic');
    await lab.channel.assertQueue('copies');
    await lab.channel.bindQueue('copies', 'dlx', 'copy');
    const dead = await deadLetter(lab, { CC: ['copy'] }, key);
    return [names(dead, /^CC$/), (await lab.channel.checkQueue('copies')).messageCount];
  });

  changes(
    'leader-locator',
    { 'rabbitmq-3.10': ['channel error 406', 'channel close'], 'rabbitmq-4': [] },
    async ({ channel, heard }) => {
      const args = { 'x-queue-leader-locator': 'client-local' };
      await refusal(channel.assertQueue('q', { arguments: args }).then(() => undefined));
      return heard;
    },
  );

  changes(
    'anonymous-login',
    {
      'rabbitmq-3.10': 'SASL mechanism ANONYMOUS is not provided by the server',
      'rabbitmq-4': 'logged in',
    },
    async ({ port }) => {
      const credentials = { mechanism: 'ANONYMOUS', response: () => Buffer.from('') };
      return amqp.connect({ hostname: '127.0.0.1', port, vhost: '/' }, { credentials }).then(
        async (connection) => connection.close().then(() => 'logged in'),
        (error: unknown) => (error as Error).message,
      );
    },
  );

  changes(
    'protocol-header',
    {
      'rabbitmq-3.10': ['AMQP\0\0\x09\x01', '\x01\0\0'],
      'rabbitmq-4': ['AMQP\x03\x01\0\0', 'AMQP\x03\x01\0\0'],
    },
    async ({ port }) => {
      const address = { host: '127.0.0.1', port, username: '', password: '', vhost: '/' };
      const answers = ['GET / HTTP/1.1\r\n', 'AMQP\x01\x01\x08\0'].map((bytes) =>
        answerToBeginning(address, Buffer.from(bytes, 'latin1')),
      );
      return (await Promise.all(answers)).map((answer) => answer.toString('latin1'));
    },
  );

  test('can be changed while clients are connected, and all that is held stays', async () => {
    const { broker, port } = await startBroker();
    const { channel, publish } = await connectClient(port);
    await channel.assertQueue('q');
    await publish('', 'q', 'kept');
    broker.setDialect('rabbitmq-4');
    expect(broker.dialect).toBe('rabbitmq-4');
    expect(await publish('', 'q', 'x', { deliveryMode: 3 as never })).toBe('ack');
    broker.setDialect('rabbitmq-3.10');
    expect(await publish('', 'q', 'x', { deliveryMode: 3 as never })).toBe('channel closed');
    expect(broker.peek('q', 5)).toHaveLength(2);
  });
});
