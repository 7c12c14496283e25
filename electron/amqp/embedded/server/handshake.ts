import type { VirtualHost } from '../engine/virtual-host.ts';
import { Access } from '../permissions.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import { emptyTable } from '../wire/field-table.ts';
import type { FieldTable } from '../wire/field-table.ts';
import type { Method, MethodArguments } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';
import { fieldText, tableOf } from '../wire/plain-values.ts';
import type { BrokerServices } from './broker-services.ts';
import { loginRefused, readCredentials } from './login.ts';

/** RabbitMQ's defaults, offered as the upper bound of what a client may choose. */
const offered = { channelMax: 2047, frameMax: 131_072, heartbeat: 60 } as const;

/** No frame-max may be lower (AMQP 0-9-1 section 2.3.5, constant frame-min-size). */
const minFrameBytes = 4096;

const capabilities = {
  publisher_confirms: true,
  exchange_exchange_bindings: true,
  'basic.nack': true,
  consumer_cancel_notify: true,
  'connection.blocked': true,
  authentication_failure_close: true,
  per_consumer_qos: true,
  consumer_priorities: true,
  direct_reply_to: true,
} as const;

/** What the two sides agreed on. */
export interface Session {
  readonly user: string;
  readonly vhost: VirtualHost;
  readonly access: Access;
  readonly clientName: string | undefined;
  readonly clientCapabilities: FieldTable;
  readonly channelMax: number;
  readonly maxFrameBytes: number;
  readonly heartbeatSeconds: number;
}

type Send = <Name extends MethodName>(name: Name, args: Partial<MethodArguments<Name>>) => void;

/** The opening of a connection on channel 0: start, tune, open (AMQP 0-9-1 section 2.2.4). */
export class Handshake {
  readonly #services: BrokerServices;
  readonly #send: Send;
  #expected: 'connection.start-ok' | 'connection.tune-ok' | 'connection.open' =
    'connection.start-ok';
  #user = '';
  #clientProperties: FieldTable = emptyTable;
  #tuned: MethodArguments<'connection.tune-ok'> = { ...offered };

  constructor(services: BrokerServices, send: Send) {
    this.#services = services;
    this.#send = send;
  }

  /** The client's own name for the connection, else its product. */
  get clientName(): string | undefined {
    const name =
      this.#clientProperties.get('connection_name') ?? this.#clientProperties.get('product');
    return name === undefined ? undefined : fieldText(name);
  }

  get clientCapabilities(): FieldTable {
    const field = this.#clientProperties.get('capabilities');
    return field?.type === 'table' ? field.value : emptyTable;
  }

  start(): void {
    this.#send('connection.start', {
      versionMajor: 0,
      versionMinor: 9,
      serverProperties: tableOf({
        product: 'Kumo Policy Workbench',
        information: 'The embedded broker: what it holds is gone when it ends.',
        capabilities,
      }),
      mechanisms: Buffer.from(this.#services.dialect.loginMechanisms),
      locales: Buffer.from('en_US'),
    });
  }

  /** Returns the session once the connection is open. Throws the `AmqpError` that refuses it. */
  handle(method: Method): Session | undefined {
    if (method.name !== this.#expected) {
      throw new AmqpError(503, `${method.name} came where ${this.#expected} was due`);
    }
    switch (method.name) {
      case 'connection.start-ok':
        this.#login(method.args);
        return undefined;
      case 'connection.tune-ok':
        this.#tune(method.args);
        return undefined;
      case 'connection.open':
        return this.#open(method.args.virtualHost);
      default:
        return undefined;
    }
  }

  #login(args: MethodArguments<'connection.start-ok'>): void {
    this.#clientProperties = args.clientProperties;
    const { user, password } = readCredentials(args, this.#services.dialect);
    const { faults, users } = this.#services;
    if (faults.refusesLogin() || !users.accepts(user, password)) {
      throw loginRefused(args.mechanism);
    }
    this.#user = user;
    this.#expected = 'connection.tune-ok';
    this.#send('connection.tune', offered);
  }

  #tune(args: MethodArguments<'connection.tune-ok'>): void {
    const { channelMax, frameMax } = args;
    assertNegotiated('frame_max', frameMax, minFrameBytes, offered.frameMax);
    assertNegotiated('channel_max', channelMax, 1, offered.channelMax);
    this.#tuned = { channelMax, frameMax, heartbeat: args.heartbeat };
    this.#expected = 'connection.open';
  }

  #open(name: string): Session {
    const { faults, users } = this.#services;
    const vhost = faults.hidesVirtualHost() ? undefined : this.#services.virtualHost(name);
    if (vhost === undefined) throw new AmqpError(530, `vhost ${name} not found`);
    const permissions = users.permissions(this.#user, name);
    if (permissions === undefined) {
      throw new AmqpError(530, `access to vhost '${name}' refused for user '${this.#user}'`);
    }
    this.#send('connection.open-ok', {});
    return {
      user: this.#user,
      vhost,
      access: new Access(this.#user, name, permissions, () => this.#services.dialect),
      clientName: this.clientName,
      clientCapabilities: this.clientCapabilities,
      channelMax: this.#tuned.channelMax,
      maxFrameBytes: this.#tuned.frameMax,
      heartbeatSeconds: this.#tuned.heartbeat,
    };
  }
}

/** As in RabbitMQ, zero asks for no limit, which is above any. Throws the connection's 530. */
function assertNegotiated(name: string, value: number, min: number, max: number): void {
  const refuse = (relation: string, bound: string): AmqpError => {
    const meaning = name === 'channel_max' && value === 0 ? ' (no limit)' : '';
    return new AmqpError(
      530,
      `negotiated ${name} = ${value}${meaning} is ${relation} than the ${bound} allowed value (${relation === 'lower' ? min : max})`,
    );
  };
  if (value !== 0 && value < min) throw refuse('lower', 'minimum');
  if (value === 0 || value > max) throw refuse('higher', 'maximum');
}
