/**
 * The embedded broker: an AMQP 0-9-1 server in this process, so that policies can deliver with
 * nothing installed, and so that every broker fault can be had on demand. It keeps everything in
 * memory and listens on loopback only.
 */
import { EventEmitter } from 'node:events';
import type { BrokerEvents } from './broker-events.ts';
import { loadDefinitions } from './definitions.ts';
import type { LoadedDefinitions } from './definitions.ts';
import { MessageMemory } from './engine/message-memory.ts';
import { VirtualHost } from './engine/virtual-host.ts';
import type { Fault } from './faults.ts';
import type { BrokerServices } from './server/broker-services.ts';
import { Connection } from './server/connection.ts';
import { Listener } from './server/listener.ts';
import { topologyOf } from './topology.ts';
import type { Topology } from './topology.ts';
import { Users } from './users.ts';
import { AmqpError } from './wire/amqp-error.ts';
import { plainTable, plainValue, tableOf } from './wire/plain-values.ts';
import type { PlainTable, PlainValue } from './wire/plain-values.ts';

export interface EmbeddedBrokerOptions {
  /** Passwords by user name. Default: guest with the password guest. */
  readonly users?: Readonly<Record<string, string>>;
  /** Default: `/`. */
  readonly vhosts?: readonly string[];
  /** Bodies above this close the channel with 406. Default: 128 MiB, as RabbitMQ. */
  readonly maxMessageBytes?: number;
  /** Publishers are blocked while all queued messages together are above this. Default: 256 MiB. */
  readonly memoryCapBytes?: number;
}

export interface PeekedMessage {
  readonly exchange: string;
  readonly routingKey: string;
  /** The AMQP properties that are set, by amqplib's names; `headers` as a plain object. */
  readonly properties: PlainTable;
  readonly redelivered: boolean;
  readonly body: Buffer;
}

/** At most 20 `changed` events a second. */
const changedMilliseconds = 50;

const lowOnMemory = 'low on memory';

/** How long `close` waits for clients to answer connection.close. */
const goodbyeMilliseconds = 500;

export class EmbeddedBroker extends EventEmitter<BrokerEvents> {
  readonly #users = new Users();
  readonly #vhosts = new Map<string, VirtualHost>();
  readonly #connections = new Set<Connection>();
  readonly #memory: MessageMemory;
  readonly #listener: Listener;
  readonly #services: BrokerServices;
  readonly #markChanged = (): void => this.#scheduleChanged();
  #fault: Fault | undefined;
  #memoryAlarm = false;
  #lastConnectionId = 0;
  #changedTimer: NodeJS.Timeout | undefined;
  #allGone: (() => void) | undefined;

  constructor(options: EmbeddedBrokerOptions = {}) {
    super();
    for (const [name, password] of Object.entries(options.users ?? { guest: 'guest' })) {
      this.#users.set(name, password);
    }
    this.#memory = new MessageMemory(options.memoryCapBytes ?? 256 * 1024 * 1024, (raised) => {
      this.#memoryAlarm = raised;
      if (raised) this.#blockedMayHaveChanged();
      // The room came from the middle of something, such as a purge: publishers go on after it.
      else queueMicrotask(() => this.#blockedMayHaveChanged());
    });
    for (const name of options.vhosts ?? ['/']) this.#addVirtualHost(name);
    this.#services = this.#makeServices(options.maxMessageBytes ?? 128 * 1024 * 1024);
    this.#listener = new Listener((socket) => {
      this.#lastConnectionId += 1;
      const connection: Connection = new Connection(
        this.#lastConnectionId,
        socket,
        this.#services,
        () => this.#forget(connection),
      );
      this.#connections.add(connection);
    });
  }

  /** The port it listens on; while the fault `refuse` is set, the port it will listen on again. */
  get port(): number | undefined {
    return this.#listener.port;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Bytes held by queued messages, counted against the memory cap. */
  get memoryBytes(): number {
    return this.#memory.usedBytes;
  }

  /**
   * Listens on 127.0.0.1. Without a port, or with 0, the system picks a free one. Rejects with the
   * system's error when the port cannot be had, and with `Error` when it listens already.
   */
  async listen(options: { readonly port?: number } = {}): Promise<{ readonly port: number }> {
    const port = await this.#listener.listen(options.port ?? 0);
    if (this.#fault?.kind === 'refuse') this.#listener.refuse();
    return { port };
  }

  /** Closes every connection with 320 CONNECTION_FORCED and stops listening. Queues and messages stay. */
  async close(): Promise<void> {
    this.#listener.stop();
    clearTimeout(this.#changedTimer);
    this.#changedTimer = undefined;
    if (this.#connections.size === 0) return;
    const gone = new Promise<void>((resolve) => {
      this.#allGone = resolve;
    });
    const shutdown = new AmqpError(
      320,
      "broker forced connection closure with reason 'shutdown'",
      'connection',
    );
    for (const connection of [...this.#connections]) connection.shutDown(shutdown);
    const impatience = setTimeout(() => this.#dropAll(), goodbyeMilliseconds);
    await gone;
    clearTimeout(impatience);
    clearTimeout(this.#changedTimer);
    this.#changedTimer = undefined;
  }

  /**
   * Sets, changes or (undefined) lifts the fault. It applies to open connections from their next
   * publish on; `auth` and `vhost` apply to new connections. Resolves when it is in effect. Rejects
   * when `refuse` is lifted and the port has meanwhile gone to another program.
   */
  async setFault(fault: Fault | undefined): Promise<void> {
    this.#fault = fault;
    this.#blockedMayHaveChanged();
    this.#markChanged();
    if (fault?.kind === 'refuse') {
      this.#listener.refuse();
      this.#dropAll();
    } else {
      await this.#listener.accept();
    }
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

  topology(): Topology {
    return topologyOf(this.#vhosts.values());
  }

  /**
   * Adds the virtual hosts, users, exchanges, queues and bindings of RabbitMQ's definitions export,
   * given as its text or parsed. Throws `Error` with one sentence that names the place.
   */
  loadDefinitions(json: unknown): LoadedDefinitions {
    return loadDefinitions(json, {
      users: this.#users,
      addVirtualHost: (name) => this.#vhosts.get(name) ?? this.#addVirtualHost(name),
      virtualHost: (name) => this.#vhosts.get(name),
    });
  }

  /** The oldest `limit` waiting messages of a queue, left where they are. Throws `Error` when there is no such queue. */
  peek(queue: string, limit: number, vhost = '/'): PeekedMessage[] {
    const found = this.#virtualHost(vhost).queues.get(queue);
    if (found === undefined) {
      throw new Error(
        `The embedded broker has no queue '${queue}' in the virtual host '${vhost}'.`,
      );
    }
    return found.peek(limit).map(({ message, redelivered }) => ({
      exchange: message.exchange,
      routingKey: message.routingKey,
      properties: plainProperties(message.properties()),
      redelivered,
      body: message.body,
    }));
  }

  get #blockedReason(): string | undefined {
    return this.#memoryAlarm || this.#fault?.kind === 'block' ? lowOnMemory : undefined;
  }

  #blockedMayHaveChanged(): void {
    for (const connection of [...this.#connections]) connection.blockedChanged();
  }

  #makeServices(maxMessageBytes: number): BrokerServices {
    const fault = () => this.#fault;
    const blockedReason = () => this.#blockedReason;
    return {
      get fault() {
        return fault();
      },
      get blockedReason() {
        return blockedReason();
      },
      maxMessageBytes,
      events: this,
      acceptsLogin: (user, password) => this.#users.accepts(user, password),
      virtualHost: (name) => this.#vhosts.get(name),
      changed: this.#markChanged,
    };
  }

  #addVirtualHost(name: string): VirtualHost {
    const vhost = new VirtualHost(name, this.#memory, this.#markChanged);
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

  #scheduleChanged(): void {
    if (this.#changedTimer !== undefined) return;
    this.#changedTimer = setTimeout(() => {
      this.#changedTimer = undefined;
      this.emit('changed');
    }, changedMilliseconds);
    this.#changedTimer.unref();
  }

  #dropAll(): void {
    for (const connection of [...this.#connections]) connection.drop();
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#allGone?.();
  }
}

function plainProperties(properties: object): PlainTable {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [name, plainOf(value)]),
  );
}

function plainOf(value: unknown): PlainValue {
  if (value instanceof Map) return plainTable(value);
  if (typeof value === 'bigint') return plainValue({ type: 'timestamp', value });
  return typeof value === 'number' ? value : String(value);
}
