/** The "Test connection" of a broker profile. */
import { TLSSocket } from 'node:tls';
import type { ChannelModel } from 'amqplib';
import type { BrokerAddress } from '../client-contract.ts';
import { formatHostAndPort } from './amqp-uri.ts';
import { connectFailure } from './connect-failure.ts';
import type { ConnectionTrace } from '../wire-trace/connection-trace.ts';
import { dropSocket, openConnection, withinLimit } from './connection.ts';

/** Long enough for a broker on another continent, short enough for somebody who waits. */
const CONNECT_LIMIT_MS = 10_000;
/** How long the broker may take over saying goodbye. */
const CLOSE_LIMIT_MS = 2_000;

/** What the broker said of itself, and what both sides agreed on. */
export interface TestedBroker {
  readonly product: string;
  /** Empty when it does not tell. */
  readonly version: string;
  readonly vhost: string;
  /** 0: none. */
  readonly heartbeatSeconds: number;
  readonly frameMaxBytes: number;
  /** Such as `TLSv1.3`; absent without TLS. */
  readonly tls?: string;
}

export interface BrokerTest {
  readonly ok: boolean;
  readonly explanation: string;
  readonly broker?: TestedBroker;
}

/**
 * Connects, logs in, opens the virtual host and a confirm channel, and disconnects. Never rejects
 * for what a broker says: that is the explanation.
 */
export async function testBroker(
  address: BrokerAddress,
  {
    connectLimitMs = CONNECT_LIMIT_MS,
    trace,
  }: { readonly connectLimitMs?: number; readonly trace?: ConnectionTrace | undefined } = {},
): Promise<BrokerTest> {
  let connection: ChannelModel | undefined;
  try {
    connection = await openConnection(address, connectLimitMs, trace);
    // What it has to say comes as the rejection of what is asked, or as its end.
    connection.on('error', () => undefined);
    const broker = describe(connection, address);
    const channel = await withinLimit(
      connection.createConfirmChannel(),
      connectLimitMs,
      () => undefined,
    );
    channel.on('error', () => undefined);
    await withinLimit(connection.close(), CLOSE_LIMIT_MS, () => undefined).catch(() => undefined);
    return {
      ok: true,
      broker,
      explanation: `${formatHostAndPort(address)} accepted user '${address.username}' and opened virtual host '${address.vhost}' with publisher confirms.`,
    };
  } catch (error) {
    return {
      ok: false,
      explanation: (await connectFailure(error, address, connectLimitMs)).explanation,
    };
  } finally {
    if (connection !== undefined) dropSocket(connection);
  }
}

function describe({ connection }: ChannelModel, { vhost }: BrokerAddress): TestedBroker {
  // A broker need not say what it is, whatever the types promise.
  const told: { readonly product?: string; readonly version?: string } =
    connection.serverProperties;
  // amqplib keeps these on its connection, and does not type them.
  const inner: object = connection;
  const tls = 'stream' in inner && inner.stream instanceof TLSSocket ? inner.stream : undefined;
  return {
    product: told.product ?? 'an AMQP broker',
    version: told.version ?? '',
    vhost,
    heartbeatSeconds: numberIn(inner, 'heartbeat'),
    frameMaxBytes: numberIn(inner, 'frameMax'),
    ...(tls === undefined ? {} : { tls: tls.getProtocol() ?? 'TLS' }),
  };
}

function numberIn(object: object, name: string): number {
  const value: unknown = Object.getOwnPropertyDescriptor(object, name)?.value;
  return typeof value === 'number' ? value : 0;
}
