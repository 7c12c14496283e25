import { createHash } from 'node:crypto';
import amqp from 'amqplib';
import { describe, expect, test } from 'vitest';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { connectClient, startBroker } from './running-broker.ts';

const salt = Buffer.from([1, 2, 3, 4]);
const hash = Buffer.concat([salt, createHash('sha256').update(salt).update('s3cret').digest()]);

/** What `rabbitmqctl export_definitions` of RabbitMQ 3.10 writes, shortened. */
const exported = {
  bindings: [
    {
      arguments: {},
      destination: 'mail',
      destination_type: 'queue',
      routing_key: 'out.#',
      source: 'events',
      vhost: 'kumo',
    },
    {
      arguments: {},
      destination: 'events',
      destination_type: 'exchange',
      routing_key: '',
      source: 'entry',
      vhost: 'kumo',
    },
  ],
  exchanges: [
    {
      arguments: {},
      auto_delete: false,
      durable: true,
      internal: false,
      name: 'events',
      type: 'topic',
      vhost: 'kumo',
    },
    {
      arguments: { 'alternate-exchange': 'events' },
      auto_delete: false,
      durable: true,
      internal: false,
      name: 'entry',
      type: 'fanout',
      vhost: 'kumo',
    },
  ],
  global_parameters: [{ name: 'internal_cluster_id', value: 'rabbitmq-cluster-id' }],
  parameters: [],
  permissions: [{ configure: '.*', read: '.*', user: 'kumo', vhost: 'kumo', write: '.*' }],
  policies: [],
  queues: [
    {
      arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish', 'x-queue-type': 'quorum' },
      auto_delete: false,
      durable: true,
      name: 'mail',
      type: 'quorum',
      vhost: 'kumo',
    },
  ],
  rabbit_version: '3.10.8',
  topic_permissions: [],
  users: [
    {
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      limits: {},
      name: 'kumo',
      password_hash: hash.toString('base64'),
      tags: ['administrator'],
    },
  ],
  vhosts: [{ limits: [], metadata: { description: '', tags: [] }, name: 'kumo' }],
};

describe('definitions exported from RabbitMQ', () => {
  test('make a broker that behaves as they say', async () => {
    const { broker, port } = await startBroker();
    broker.loadDefinitions(exported);
    const connection = await amqp.connect(`amqp://kumo:s3cret@127.0.0.1:${port}/kumo`);
    const channel = await connection.createConfirmChannel();
    const publish = (): Promise<unknown> =>
      new Promise((resolve) => channel.publish('entry', 'out.a', Buffer.from('x'), {}, resolve));
    expect(await publish()).toBe(null);
    expect(await publish()).toMatchObject({ message: 'message nacked' });
    await connection.close();
    await expect(amqp.connect(`amqp://kumo:wrong@127.0.0.1:${port}/kumo`)).rejects.toThrow('403');
  });

  test('are counted, and what has no effect is named', () => {
    expect(new EmbeddedBroker().loadDefinitions(JSON.stringify(exported))).toEqual({
      vhosts: 1,
      users: 1,
      exchanges: 2,
      queues: 1,
      bindings: 2,
      ignoredSections: ['global_parameters'],
    });
  });

  test('of one virtual host go to the default one, beside what is there', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('before');
    broker.loadDefinitions({ queues: [{ name: 'q', durable: true, arguments: {} }] });
    const { channel } = await connectClient(port);
    await channel.checkQueue('before');
    await channel.checkQueue('q');
  });

  test.each([
    ['{', 'The definitions are not JSON'],
    ['[]', 'The definitions are not a RabbitMQ export: at the file'],
    [{ queues: [{ name: 5 }] }, 'at queues.0.name'],
    [
      { queues: [{ name: 'q', vhost: 'other' }] },
      "put the queue 'q' into the virtual host 'other', which they do not declare",
    ],
    [
      { exchanges: [{ name: 'e', type: 'x-delayed-message' }] },
      "declare the exchange 'e', which cannot be: COMMAND_INVALID - unknown exchange type 'x-delayed-message'",
    ],
    [
      { queues: [{ name: 'q', arguments: { 'x-max-length': 'many' } }] },
      "invalid arg 'x-max-length' for queue 'q'",
    ],
    [
      { bindings: [{ source: 'amq.topic', destination: 'q', destination_type: 'queue' }] },
      "declare the binding from 'amq.topic' to the queue 'q', which cannot be: NOT_FOUND - no queue 'q'",
    ],
    [
      { users: [{ name: 'u', password_hash: '', hashing_algorithm: 'rot13' }] },
      "The user 'u' has a password hashed with 'rot13'",
    ],
  ])('%j are refused with the place', (definitions, text) => {
    expect(() => new EmbeddedBroker().loadDefinitions(definitions)).toThrow(text);
  });
});
