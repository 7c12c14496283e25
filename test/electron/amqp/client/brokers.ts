/** The brokers that the client's tests run against: RabbitMQ, and the embedded one. */
import { connect } from 'amqplib';
import type { Channel } from 'amqplib';
import { afterEach } from 'vitest';
import type {
  BrokerAddress,
  OutgoingMessage,
  PublisherOptions,
} from '../../../../electron/amqp/client-contract.ts';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { OWNER } from '../../../rabbitmq/definitions.ts';
import { newVhost } from '../../../rabbitmq/rabbitmq.ts';

export const LIMITS: PublisherOptions = { confirmTimeoutMs: 5_000, connectTimeoutMs: 5_000 };
/** Both brokers close the channel on messages above this. */
export const LARGEST_MESSAGE = 1_000_000;

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

/** Runs after the test, last registered first. */
export function afterwards(cleanup: () => Promise<void>): void {
  cleanups.push(cleanup);
}

/** An embedded broker of the test's own, with one vhost besides `/`. */
export async function embeddedBroker(): Promise<{
  broker: EmbeddedBroker;
  address: BrokerAddress;
}> {
  const vhost = 'test-embedded';
  const broker = new EmbeddedBroker({
    users: { [OWNER.username]: OWNER.password },
    vhosts: ['/', vhost],
    maxMessageBytes: LARGEST_MESSAGE,
  });
  const { port } = await broker.listen();
  afterwards(() => broker.close());
  return { broker, address: { host: '127.0.0.1', port, ...OWNER, vhost } };
}

export const BROKERS = {
  RabbitMQ: newVhost,
  'the embedded broker': async () => (await embeddedBroker()).address,
} as const;

/** A plain channel to declare queues and exchanges with, closed after the test. */
export async function adminChannel(address: BrokerAddress): Promise<Channel> {
  const connection = await connect({
    protocol: 'amqp',
    hostname: address.host,
    port: address.port,
    username: address.username,
    password: address.password,
    vhost: encodeURIComponent(address.vhost),
  });
  connection.on('error', () => undefined);
  // amqplib never answers a close when the broker goes away over it.
  const closed = new Promise<void>((resolve) => connection.once('close', () => resolve()));
  afterwards(() => Promise.race([closed, connection.close().catch(() => undefined)]));
  return connection.createChannel();
}

export function message(
  exchange: string,
  routingKey: string,
  more: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return {
    exchange,
    routingKey,
    mandatory: false,
    properties: {},
    payload: new TextEncoder().encode('hello'),
    ...more,
  };
}
