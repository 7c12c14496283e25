/** What is foretold is what happens: each broker is asked before, and looked into after a publish. */
import type { Channel } from 'amqplib';
import { describe, expect, it } from 'vitest';
import type { BrokerAddress } from '../../../../electron/amqp/client-contract.ts';
import { managementTopology } from '../../../../electron/amqp/management/management-client.ts';
import type { BrokerTopology } from '../../../../electron/amqp/topology/broker-topology.ts';
import { traceRoute } from '../../../../electron/amqp/topology/route-trace.ts';
import type { PlannedPublish } from '../../../../electron/amqp/topology/route-trace.ts';
import { describeOnRabbitmq, newVhost, rabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { adminChannel, embeddedBroker } from '../client/brokers.ts';

const QUEUES = ['all', 'mail', 'errors', 'rest', 'red'];

async function declareEverything(channel: Channel): Promise<void> {
  for (const queue of QUEUES) await channel.assertQueue(queue);
  await channel.assertExchange('unrouted', 'fanout');
  await channel.assertExchange('logs', 'topic', { alternateExchange: 'unrouted' });
  await channel.assertExchange('direct', 'direct');
  await channel.assertExchange('colours', 'headers');
  await channel.assertExchange('inside', 'fanout', { internal: true });
  await channel.bindQueue('rest', 'unrouted', '');
  await channel.bindQueue('mail', 'logs', 'mail.#');
  await channel.bindQueue('errors', 'logs', '*.error');
  await channel.bindExchange('direct', 'logs', 'forward.*');
  await channel.bindExchange('logs', 'direct', 'forward.back');
  await channel.bindQueue('all', 'direct', 'forward.here');
  await channel.bindQueue('red', 'colours', '', { 'x-match': 'all', colour: 'red', size: 2 });
}

const publishes: readonly [what: string, publish: Partial<PlannedPublish>][] = [
  ['the default exchange', { routingKey: 'mail' }],
  ['the default exchange without such a queue', { routingKey: 'nobody' }],
  ['a topic', { exchange: 'logs', routingKey: 'mail.in.error' }],
  ['a topic with two matches', { exchange: 'logs', routingKey: 'mail.error' }],
  ['an alternate exchange', { exchange: 'logs', routingKey: 'something.else' }],
  ['an exchange bound to an exchange', { exchange: 'logs', routingKey: 'forward.here' }],
  ['a circle of exchanges', { exchange: 'direct', routingKey: 'forward.back' }],
  ['headers', { exchange: 'colours', headers: { colour: 'red', size: 2 } }],
  ['headers that do not match', { exchange: 'colours', headers: { colour: 'red' } }],
  ['CC', { exchange: 'direct', routingKey: 'x', headers: { CC: ['forward.here'] } }],
];

async function queuesReached(channel: Channel, publish: PlannedPublish): Promise<string[]> {
  const { exchange, routingKey, headers } = publish;
  channel.publish(exchange, routingKey, Buffer.from('x'), { headers });
  const reached: string[] = [];
  for (const queue of QUEUES) {
    if ((await channel.purgeQueue(queue)).messageCount > 0) reached.push(queue);
  }
  return reached;
}

async function expectForetold(
  address: BrokerAddress,
  read: () => Promise<BrokerTopology>,
): Promise<void> {
  const channel = await adminChannel(address);
  await declareEverything(channel);
  const topology = await read();
  for (const [what, change] of publishes) {
    const publish = { exchange: '', routingKey: '', headers: {}, ...change };
    const { queues } = traceRoute(topology, publish);
    expect([what, [...queues].sort()]).toEqual([
      what,
      (await queuesReached(channel, publish)).sort(),
    ]);
  }
}

describe('the route that is told beforehand', () => {
  it('is the one that the embedded broker takes', async () => {
    const { broker, address } = await embeddedBroker();
    const isHere = ({ vhost }: { vhost: string }) => vhost === address.vhost;
    await expectForetold(address, async () => {
      const { exchanges, queues, bindings } = broker.topology();
      return {
        exchanges: exchanges.filter(isHere),
        queues: queues.filter(isHere),
        bindings: bindings.filter(isHere),
      };
    });
  });

  it('names every exchange on the way, and what it refuses', async () => {
    const { broker, address } = await embeddedBroker();
    await declareEverything(await adminChannel(address));
    const topology = broker.topology();
    const route = traceRoute(topology, { exchange: 'logs', routingKey: 'a.b.c', headers: {} });
    expect(route.steps).toMatchObject([
      { exchange: 'logs', type: 'topic', matched: [], alternate: 'unrouted' },
      { exchange: 'unrouted', matched: [{ destination: 'rest' }] },
    ]);
    const refused = (exchange: string) =>
      traceRoute(topology, { exchange, routingKey: '', headers: {} }).problem;
    expect([refused('nowhere'), refused('inside')]).toMatchObject([
      expect.stringContaining('404'),
      expect.stringContaining('403'),
    ]);
  });
});

describeOnRabbitmq('the route that is told beforehand from the management API', () => {
  it('is the one that RabbitMQ takes', async () => {
    const address = await newVhost();
    const { managementPort } = await rabbitmq();
    const url = `http://127.0.0.1:${managementPort}`;
    await expectForetold(address, () => managementTopology({ url, broker: address }));
  });
});
