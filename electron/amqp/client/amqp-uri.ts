/**
 * AMQP URIs as the RabbitMQ URI specification writes them
 * (https://www.rabbitmq.com/docs/uri-spec): `amqp://user:password@host:port/vhost?heartbeat=10`.
 */
import type { BrokerAddress } from '../client-contract.ts';

/** The URI cannot be dialled; the message says which part is wrong and how to write it. */
export class AmqpUriError extends Error {
  override readonly name = 'AmqpUriError';
  readonly part: 'form' | 'scheme' | 'host' | 'port' | 'heartbeat' | 'percent-encoding';
  /** The offending text; never a password. */
  readonly found: string;
  constructor(part: AmqpUriError['part'], found: string, message: string) {
    super(message);
    this.part = part;
    this.found = found;
  }
}

const URI = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i;
const DEFAULT_PORT = { amqp: 5672, amqps: 5671 } as const;

/**
 * Reads an AMQP URI. What is left out becomes `guest`, `guest`, `localhost`, 5672 (5671 for amqps)
 * and vhost `/`. A lone slash names the *empty* vhost, as in the specification and in lapin
 * (amq-protocol-uri src/lib.rs 158-206): `amqp://host/` is not `amqp://host`. A bare slash within the
 * vhost is taken as it is, again like lapin: `amqp://host//` names the default vhost.
 *
 * @throws AmqpUriError with a sentence that never repeats the password.
 */
export function parseAmqpUri(uri: string): BrokerAddress {
  const match = URI.exec(uri.trim());
  if (match === null) {
    throw new AmqpUriError(
      'form',
      '',
      'This is not an AMQP URI; write it as amqp://user:password@host:5672/vhost, with / @ : in names as %2f %40 %3a.',
    );
  }
  const [, scheme = '', authority = '', path, query] = match;
  const protocol = scheme.toLowerCase();
  if (protocol !== 'amqp' && protocol !== 'amqps') {
    throw new AmqpUriError(
      'scheme',
      scheme,
      `The URI starts with ${scheme}://; a broker's starts with amqp:// or amqps://.`,
    );
  }
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? {} : parseUserInfo(authority.slice(0, at));
  const { host, port } = parseHostAndPort(authority.slice(at + 1), protocol);
  const parameters = new URLSearchParams(query ?? '');
  const heartbeat = parseHeartbeat(parameters.get('heartbeat'));
  const serverName = parameters.get('server_name_indication');
  return {
    host,
    port,
    username: user.username ?? 'guest',
    password: user.password ?? 'guest',
    vhost: path === undefined ? '/' : decode(path.slice(1), 'virtual host'),
    ...(heartbeat === undefined ? {} : { heartbeatSeconds: heartbeat }),
    ...(protocol === 'amqps' ? { tls: serverName === null ? {} : { serverName } } : {}),
  };
}

/** `amqp://user@host:5672/vhost`, percent-encoded so that it can be read back, without the password. */
export function formatAddress(
  address: Pick<BrokerAddress, 'host' | 'port' | 'username' | 'vhost'> & { readonly tls?: object },
): string {
  const protocol = address.tls === undefined ? 'amqp' : 'amqps';
  const user = encodeURIComponent(address.username);
  return `${protocol}://${user}@${formatHostAndPort(address)}/${encodeURIComponent(address.vhost)}`;
}

/** `host:port`, with brackets around an IPv6 address. */
export function formatHostAndPort(address: Pick<BrokerAddress, 'host' | 'port'>): string {
  return `${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
}

function parseUserInfo(userInfo: string): { username?: string; password?: string } {
  const colon = userInfo.indexOf(':');
  const username = decode(colon < 0 ? userInfo : userInfo.slice(0, colon), 'user name');
  return {
    ...(username === '' ? {} : { username }),
    ...(colon < 0 ? {} : { password: decode(userInfo.slice(colon + 1), 'password') }),
  };
}

function parseHostAndPort(
  hostAndPort: string,
  protocol: 'amqp' | 'amqps',
): { host: string; port: number } {
  const match = /^(\[[^\]]*\]|[^:]*)(?::([^:]*))?$/.exec(hostAndPort);
  if (match === null) {
    throw new AmqpUriError(
      'host',
      '',
      'The host in the AMQP URI has more than one colon; write an IPv6 address in brackets, as in amqp://[::1]:5672.',
    );
  }
  const [, host = '', port] = match;
  const bare = host.startsWith('[') ? host.slice(1, -1) : decode(host, 'host');
  return {
    host: bare === '' ? 'localhost' : bare,
    port: port === undefined || port === '' ? DEFAULT_PORT[protocol] : parsePort(port),
  };
}

function parsePort(text: string): number {
  const isNumber = /^\d+$/.test(text);
  const port = isNumber ? Number(text) : NaN;
  if (!(port >= 1 && port <= 65_535)) {
    // What is no number may be a password with a bare slash behind it: it is not repeated.
    throw new AmqpUriError(
      'port',
      isNumber ? text : '',
      `The port in the AMQP URI ${isNumber ? `is ${text}; it` : 'is not a number: it'} must be a number from 1 to 65535, and / @ : in a password are written %2f %40 %3a.`,
    );
  }
  return port;
}

function parseHeartbeat(text: string | null): number | undefined {
  if (text === null) {
    return undefined;
  }
  const seconds = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(seconds <= 65_535)) {
    throw new AmqpUriError(
      'heartbeat',
      text,
      `The heartbeat in the AMQP URI is '${text}'; it must be a number of seconds from 0 to 65535.`,
    );
  }
  return seconds;
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AmqpUriError(
      'percent-encoding',
      part,
      `The ${part} in the AMQP URI has a % that starts no UTF-8 character; write a percent sign as %25.`,
    );
  }
}
