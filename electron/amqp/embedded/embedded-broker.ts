/**
 * The embedded broker: an AMQP 0-9-1 server in this process, so that policies can deliver with
 * nothing installed, and so that every broker fault can be had on demand. It keeps everything in
 * memory and listens on loopback only.
 */
import { EventEmitter } from 'node:events';
import { ActiveFaults } from './active-faults.ts';
import type { BrokerEvents } from './broker-events.ts';
import { ChangedSignal } from './changed-signal.ts';
import { loadDefinitions } from './definitions.ts';
import type { LoadedDefinitions } from './definitions.ts';
import { defaultDialect, dialects } from './dialects.ts';
import type { Dialect, DialectName } from './dialects.ts';
import type {
  EmbeddedBrokerOptions,
  EmbeddedBrokerUser,
  ListenOptions,
  ListeningPorts,
} from './embedded-broker-options.ts';
import { AlarmClock } from './engine/alarm-clock.ts';
import { MessageMemory } from './engine/message-memory.ts';
import { VirtualHost } from './engine/virtual-host.ts';
import type { Fault } from './faults.ts';
import { peeked } from './peeked-message.ts';
import type { PeekedMessage } from './peeked-message.ts';
import type { BrokerServices } from './server/broker-services.ts';
import { Connections } from './server/connections.ts';
import { Listeners } from './server/listeners.ts';
import type { Transport } from './server/transport.ts';
import { tapStream } from '../wire-trace/tap-stream.ts';
import { topologyOf } from './topology.ts';
import type { Topology } from './topology.ts';
import { Users } from './users.ts';
import { tableOf } from './wire/plain-values.ts';
import type { PlainTable } from './wire/plain-values.ts';

export type { EmbeddedBrokerOptions, EmbeddedBrokerUser } from './embedded-broker-options.ts';
export type { PeekedMessage } from './peeked-message.ts';

const lowOnMemory = 'low on memory';

export class EmbeddedBroker extends EventEmitter<BrokerEvents> {
  readonly #users = new Users();
  readonly #vhosts = new Map<string, VirtualHost>();
  readonly #changed = new ChangedSignal(() => this.emit('changed'));
  readonly #memory: MessageMemory;
  readonly #connections: Connections;
  readonly #listeners: Listeners;
  readonly #traceClient: EmbeddedBrokerOptions['traceClient'];
  /** Rings when a fault with a time begins or ends. */
  readonly #faultClock = new AlarmClock(() => void this.#applyFaults().catch(() => undefined));
  #faults = new ActiveFaults(undefined);
  #dialect: Dialect;
  #memoryAlarm = false;

  /** Throws `Error` for a certificate, a key or a permission that cannot be used. */
  constructor(options: EmbeddedBrokerOptions = {}) {
    super();
    this.#dialect = dialects[options.dialect ?? defaultDialect];
    for (const [name, user] of Object.entries(options.users ?? { guest: 'guest' })) {
      this.#addUser(name, typeof user === 'string' ? { password: user } : user);
    }
    this.#memory = new MessageMemory(options.memoryCapBytes ?? 256 * 1024 * 1024, (raised) => {
      this.#memoryAlarm = raised;
      if (raised) this.#connections.blockedChanged();
      // The room came from the middle of something, such as a purge: publishers go on after it.
      else queueMicrotask(() => this.#connections.blockedChanged());
    });
    for (const name of options.vhosts ?? ['/']) this.#addVirtualHost(name);
    this.#connections = new Connections(this.#makeServices(options.maxMessageBytes));
    this.#traceClient = options.traceClient;
    this.#listeners = new Listeners(options.tls, (transport) => this.connect(transport));
  }

  /** The port it listens on; while the fault `refuse` is set, the port it will listen on again. */
  get port(): number | undefined {
    return this.#listeners.port;
  }

  /** The port for TLS, where it has a certificate. */
  get tlsPort(): number | undefined {
    return this.#listeners.tlsPort;
  }

  get fault(): Fault | undefined {
    return this.#faults.fault;
  }

  get dialect(): DialectName {
    return this.#dialect.name;
  }

  /** From now on like another RabbitMQ: for open connections too, and all that it holds stays. */
  setDialect(name: DialectName): void {
    this.#dialect = dialects[name];
    this.#changed.mark();
  }

  /** Bytes held by queued messages, counted against the memory cap. */
  get memoryBytes(): number {
    return this.#memory.usedBytes;
  }

  /** Clients that are connected, or on their way. */
  get connectionCount(): number {
    return this.#connections.count;
  }

  /**
   * Listens on 127.0.0.1. Without a port, or with 0, the system picks a free one. Rejects with the
   * system's error when the port cannot be had, and with `Error` when it listens already.
   */
  async listen(options: ListenOptions = {}): Promise<ListeningPorts> {
    const ports = await this.#listeners.listen(options);
    if (this.#faults.isRefusing) this.#listeners.refuse();
    return ports;
  }

  /** Serves a client over a transport that is already there, besides those that dial a port. */
  connect(transport: Transport): void {
    if (this.#traceClient) tapStream(transport.stream, this.#traceClient());
    this.#connections.accept(transport);
  }

  /** Closes every connection with 320 CONNECTION_FORCED and stops listening. Queues and messages stay. */
  async close(): Promise<void> {
    this.#listeners.stop();
    this.#faultClock.stop();
    await this.#connections.shutDown();
    this.#listeners.dropTls();
    this.#changed.cancel();
  }

  /**
   * Sets, changes or (undefined) lifts the fault, and counts its messages and its time anew. It
   * applies to open connections from their next publish on; `auth` and `vhost` apply to new
   * connections. Resolves when it is in effect. Rejects when `refuse` is lifted and the port has
   * meanwhile gone to another program.
   */
  async setFault(fault: Fault | undefined): Promise<void> {
    this.#faults = new ActiveFaults(fault);
    await this.#applyFaults();
  }

  /**
   * Declares a durable queue, as an operator would. Arguments are RabbitMQ's, such as
   * `{'x-max-length': 10, 'x-overflow': 'reject-publish'}`. Throws `Error` with RabbitMQ's words when
   * the queue is there with other properties or an argument is invalid.
   */
  declareQueue(name: string, args: PlainTable = {}, vhost = '/'): void {
    this.#virtualHost(vhost).declareQueue({
      name,
      durable: true,
      exclusive: false,
      autoDelete: false,
      arguments: tableOf(args),
      owner: undefined,
    });
  }

  /** Declares a durable exchange, as an operator would. Throws `Error` with RabbitMQ's words. */
  declareExchange(name: string, type: string, vhost = '/'): void {
    this.#virtualHost(vhost).declareExchange({
      name,
      type,
      durable: true,
      autoDelete: false,
      internal: false,
      arguments: tableOf({}),
    });
  }

  /** Grows whenever something is declared, bound or taken away, and not with messages. */
  get declarations(): number {
    return [...this.#vhosts.values()].reduce((sum, { declarations }) => sum + declarations, 0);
  }

  topology(): Topology {
    return topologyOf(this.#vhosts.values());
  }

  /**
   * Adds the virtual hosts, users, permissions, exchanges, queues and bindings of RabbitMQ's
   * definitions export, given as its text or parsed. Throws `Error` with one sentence that names the
   * place.
   */
  loadDefinitions(json: unknown): LoadedDefinitions {
    return loadDefinitions(json, {
      users: this.#users,
      addVirtualHost: (name) => this.#vhosts.get(name) ?? this.#addVirtualHost(name),
      virtualHost: (name) => this.#vhosts.get(name),
    });
  }

  /** The next `limit` waiting messages of a queue, left where they are. Throws `Error` when there is no such queue. */
  peek(queue: string, limit: number, vhost = '/'): PeekedMessage[] {
    const found = this.#virtualHost(vhost).queues.get(queue);
    if (found === undefined) {
      throw new Error(
        `The embedded broker has no queue '${queue}' in the virtual host '${vhost}'.`,
      );
    }
    return found.peek(limit).map(peeked);
  }

  get #blockedReason(): string | undefined {
    return this.#memoryAlarm || this.#faults.isBlocking ? lowOnMemory : undefined;
  }

  async #applyFaults(): Promise<void> {
    const changesIn = this.#faults.changesIn;
    this.#faultClock.set(changesIn === undefined ? Infinity : performance.now() + changesIn);
    this.#connections.blockedChanged();
    this.#changed.mark();
    if (!this.#faults.isRefusing) return this.#listeners.accept();
    this.#listeners.refuse();
    this.#connections.drop();
    this.#listeners.dropTls();
  }

  #makeServices(maxMessageBytes: number | undefined): BrokerServices {
    const faults = () => this.#faults;
    const blockedReason = () => this.#blockedReason;
    const dialect = () => this.#dialect;
    return {
      get faults() {
        return faults();
      },
      get blockedReason() {
        return blockedReason();
      },
      get dialect() {
        return dialect();
      },
      get maxMessageBytes() {
        return maxMessageBytes ?? dialect().maxMessageBytes;
      },
      events: this,
      users: this.#users,
      virtualHost: (name) => this.#vhosts.get(name),
      changed: () => this.#changed.mark(),
    };
  }

  #addUser(name: string, { password, permissions, tags }: EmbeddedBrokerUser): void {
    this.#users.set(name, password, tags);
    if (permissions === undefined) return;
    this.#users.restrict(name);
    for (const [vhost, allowed] of Object.entries(permissions)) {
      this.#users.permit(name, vhost, allowed);
    }
  }

  #addVirtualHost(name: string): VirtualHost {
    const vhost = new VirtualHost(name, {
      memory: this.#memory,
      dialect: () => this.#dialect,
      changed: () => this.#changed.mark(),
    });
    this.#vhosts.set(name, vhost);
    return vhost;
  }

  #virtualHost(name: string): VirtualHost {
    const vhost = this.#vhosts.get(name);
    if (vhost === undefined) {
      throw new Error(`The embedded broker has no virtual host '${name}'.`);
    }
    return vhost;
  }
}
