import type { DialectName } from './dialects.ts';
import type { Permissions } from './permissions.ts';
import type { ConnectionTrace } from '../wire-trace/connection-trace.ts';
import type { TlsOptions } from './server/tls-acceptor.ts';

export type { Permissions } from './permissions.ts';
export type { TlsOptions } from './server/tls-acceptor.ts';

export interface EmbeddedBrokerUser {
  readonly password: string;
  /** By virtual host; it cannot connect to others. Left out: everything in all of them. */
  readonly permissions?: Readonly<Record<string, Permissions>>;
  /** RabbitMQ's; only `impersonator` means something here. */
  readonly tags?: readonly string[];
}

export interface EmbeddedBrokerOptions {
  /** By name; a password alone is a user who may do everything. Default: guest, with the password guest. */
  readonly users?: Readonly<Record<string, string | EmbeddedBrokerUser>>;
  /** Default: `/`. */
  readonly vhosts?: readonly string[];
  /** Which RabbitMQ it is like. Default: `rabbitmq-3.10`. */
  readonly dialect?: DialectName;
  /** Bodies above this close the channel with 406. Default: the dialect's. */
  readonly maxMessageBytes?: number;
  /** Publishers are blocked while all queued messages together are above this. Default: 256 MiB. */
  readonly memoryCapBytes?: number;
  /** Given, the broker listens for TLS too, on a port of its own. */
  readonly tls?: TlsOptions;
  /** Asked for each client that comes: is shown its frames, as the broker sees them. */
  readonly traceClient?: (() => ConnectionTrace) | undefined;
}

export interface ListenOptions {
  /** 0 or left out: any free one. */
  readonly port?: number;
  readonly tlsPort?: number;
}

export interface ListeningPorts {
  readonly port: number;
  /** Undefined without `tls`. */
  readonly tlsPort: number | undefined;
}
