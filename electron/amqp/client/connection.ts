/** Opening and dropping a connection with amqplib: what is asked of it, and its limits. */
import { Duplex } from 'node:stream';
import { connect } from 'amqplib';
import type { ChannelModel, Options, SocketOptions } from 'amqplib';
import type { BrokerAddress } from '../client-contract.ts';
import type { ConnectionTrace } from '../wire-trace/connection-trace.ts';
import { tapDialled } from '../wire-trace/dialled-socket.ts';
import { ConnectTimeoutError } from './connect-failure.ts';

/**
 * Connects, logs in and opens the vhost. Rejects with amqplib's or the system's error, or with
 * `ConnectTimeoutError`; `connectFailure` explains either. The trace is shown all that passes.
 */
export function openConnection(
  address: BrokerAddress,
  connectTimeoutMs: number,
  trace?: ConnectionTrace,
): Promise<ChannelModel> {
  const dial = () => connect(connectOptions(address), socketOptions(address, connectTimeoutMs));
  return withinLimit(
    trace === undefined ? dial() : tapDialled(dial, trace),
    connectTimeoutMs,
    (late) => void late.close().catch(() => undefined),
  );
}

function connectOptions(address: BrokerAddress): Options.Connect {
  return {
    protocol: address.tls === undefined ? 'amqp' : 'amqps',
    hostname: address.host,
    port: address.port,
    username: address.username,
    password: address.password,
    vhost: encodedVhost(address.vhost),
    ...(address.heartbeatSeconds === undefined ? {} : { heartbeat: address.heartbeatSeconds }),
  };
}

/**
 * amqplib percent-decodes the vhost and turns an empty text into `/`. The empty vhost is a name of
 * its own, so it goes in as a String object, which is not falsy and decodes to ''.
 */
function encodedVhost(vhost: string): string {
  return vhost === '' ? (Object('') as string) : encodeURIComponent(vhost);
}

function socketOptions(
  { tls, connectionName }: BrokerAddress,
  connectTimeoutMs: number,
): SocketOptions {
  return {
    noDelay: true,
    timeout: connectTimeoutMs,
    clientProperties: { connection_name: connectionName ?? 'Kumo Policy Workbench' },
    ...(tls?.serverName === undefined ? {} : { servername: tls.serverName }),
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls?.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls?.key === undefined ? {} : { key: tls.key }),
    ...(tls?.passphrase === undefined ? {} : { passphrase: tls.passphrase }),
  };
}

/** Rejects with `ConnectTimeoutError` after the limit; what then still arrives goes to `whenLate`. */
export async function withinLimit<T>(
  promise: Promise<T>,
  limitMs: number,
  whenLate: (value: T) => void,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  promise.then(
    (value) => {
      if (late) {
        whenLate(value);
      }
    },
    () => undefined,
  );
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          late = true;
          reject(new ConnectTimeoutError(`not within ${limitMs} ms`));
        }, limitMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a connection whose peer does not answer. amqplib has no call for it. */
export function dropSocket(connection: ChannelModel): void {
  const inner: object = connection.connection;
  if ('stream' in inner && inner.stream instanceof Duplex) {
    inner.stream.destroy();
  }
}
