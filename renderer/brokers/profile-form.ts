import type { BrokerProfile, CallInput, CallOutput } from '../../electron/bridge/contract.ts';

type Save = CallInput<'brokers.save'>;
type Connection = Save['connection'];
type ReadUri = CallOutput<'brokers.readUri'>;

/** The profile dialog, as typed. */
export interface ProfileFields {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly vhost: string;
  readonly tls: boolean;
  readonly serverName: string;
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly keyPassphrase: string;
  readonly heartbeat: string;
  readonly managementUrl: string;
  readonly confirms: 'broker' | 'kumod';
  readonly confirmTimeoutMs: string;
}

export const PORTS = { plain: '5672', tls: '5671' } as const;

/** What the dialog begins with: the profile, or what most brokers have. */
export function fieldsOf(profile: BrokerProfile | undefined): ProfileFields {
  const connection = profile?.connection;
  return {
    ...(connection === undefined
      ? { ...connectionFields(guest), host: '' }
      : connectionFields(connection)),
    name: profile?.name ?? '',
    password: '',
    keyPassphrase: '',
    confirms: profile?.confirms ?? 'broker',
    confirmTimeoutMs: String(profile?.confirmTimeoutMs ?? 5_000),
  };
}

const guest: Connection = { host: '', port: Number(PORTS.plain), username: 'guest', vhost: '/' };

function connectionFields(connection: Connection) {
  const { host, port, username, vhost, heartbeatSeconds, tls, managementUrl } = connection;
  return {
    host,
    port: String(port),
    username,
    vhost,
    tls: tls !== undefined,
    serverName: tls?.serverName ?? '',
    caFile: tls?.caFile ?? '',
    certificateFile: tls?.certificateFile ?? '',
    keyFile: tls?.keyFile ?? '',
    heartbeat: heartbeatSeconds === undefined ? '' : String(heartbeatSeconds),
    managementUrl: managementUrl ?? '',
  };
}

/** The fields after an AMQP URI was put in: what it says, and the rest as it was. */
export function withUri(fields: ProfileFields, { connection, password }: ReadUri): ProfileFields {
  const { host, port, username, vhost, tls, serverName, heartbeat } = connectionFields(connection);
  return {
    ...fields,
    host,
    port,
    username,
    vhost,
    tls,
    password: password ?? '',
    serverName: serverName || fields.serverName,
    heartbeat: heartbeat || fields.heartbeat,
  };
}

/** TLS has a port of its own; another that was typed stays. */
export function withTls(fields: ProfileFields, tls: boolean): ProfileFields {
  const [from, to] = tls ? [PORTS.plain, PORTS.tls] : [PORTS.tls, PORTS.plain];
  return { ...fields, tls, port: fields.port === from ? to : fields.port };
}

/** Whether the stored password stays: it belongs to a place and a user, and is sent nowhere else. */
export function keepsPassword(fields: ProfileFields, { connection }: BrokerProfile): boolean {
  const place = ({ host, port, username, vhost, tls }: Connection) =>
    JSON.stringify([host, port, username, vhost, tls !== undefined]);
  return connection !== undefined && place(connectionOf(fields)) === place(connection);
}

/** What is sent to the host. Secrets that were not typed are not in it, so that the stored ones stay. */
export function saveInput(fields: ProfileFields, id: string | undefined): Save {
  const { name, password, keyPassphrase, confirms, confirmTimeoutMs } = fields;
  return {
    ...(id === undefined ? {} : { id }),
    name: name.trim() || fields.host.trim(),
    connection: connectionOf(fields),
    ...(password === '' ? {} : { password }),
    ...(keyPassphrase === '' || !fields.tls ? {} : { keyPassphrase }),
    confirms,
    confirmTimeoutMs: Number(confirmTimeoutMs),
  };
}

function connectionOf(fields: ProfileFields): Connection {
  const { host, port, username, vhost, heartbeat, managementUrl } = fields;
  return {
    host: host.trim(),
    port: Number(port),
    // As an AMQP URI without them.
    username: username.trim() || 'guest',
    vhost: vhost === '' ? '/' : vhost,
    ...(heartbeat === '' ? {} : { heartbeatSeconds: Number(heartbeat) }),
    ...(fields.tls ? { tls: tlsOf(fields) } : {}),
    ...(managementUrl.trim() === '' ? {} : { managementUrl: managementUrl.trim() }),
  };
}

function tlsOf(fields: ProfileFields): NonNullable<Connection['tls']> {
  const { serverName, caFile, certificateFile, keyFile } = fields;
  const given = { serverName, caFile, certificateFile, keyFile };
  return Object.fromEntries(
    Object.entries(given)
      .map(([name, typed]) => [name, typed.trim()] as const)
      .filter(([, typed]) => typed !== ''),
  );
}
