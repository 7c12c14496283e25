import amqp from 'amqplib';
import type { Channel, ChannelModel } from 'amqplib';
import type { BrokerAddress } from '../../../../electron/amqp/client-contract.ts';
import { normalised } from './normalised.ts';
import { RecordedChannel } from './recorded-channel.ts';

export interface ConnectionOptions {
  readonly username?: string;
  readonly password?: string;
  readonly vhost?: string;
  readonly query?: string;
}

/** One run of a script on one broker: its connections, and all that the broker answered. */
export class Script {
  readonly address: BrokerAddress;
  readonly #recorded: [name: string, events: () => unknown][] = [];
  readonly #connections: ChannelModel[] = [];
  readonly #channels: RecordedChannel[] = [];
  #main: ChannelModel | undefined;

  constructor(address: BrokerAddress) {
    this.address = address;
  }

  get events(): unknown {
    return this.#recorded.map(([name, events]) => [name, events()]);
  }

  /** A channel with confirms, on the first connection unless another one is given. */
  async channel(name = 'channel', on?: ChannelModel): Promise<RecordedChannel> {
    const connection = on ?? (this.#main ??= await this.connect());
    return this.#record(name, await connection.createConfirmChannel());
  }

  /** A channel without confirms. */
  async plainChannel(name = 'plain channel', on?: ChannelModel): Promise<RecordedChannel> {
    const connection = on ?? (this.#main ??= await this.connect());
    return this.#record(name, await connection.createChannel());
  }

  /** A connection whose end is written down. Rejects when the broker refuses it. */
  async connect(options: ConnectionOptions = {}, name = 'connection'): Promise<ChannelModel> {
    const connection = await amqp.connect(this.#url(options), { noDelay: true });
    this.#connections.push(connection);
    const closings: unknown[] = [];
    this.#recorded.push([name, () => closings]);
    connection.on('error', (error: Error & { code?: number }) => {
      closings.push(normalised({ message: error.message, code: error.code }));
    });
    connection.on('close', (error: (Error & { code?: number }) | undefined) => {
      closings.push(normalised(['closed', error?.message, error?.code]));
    });
    return connection;
  }

  /** Tries to connect and writes the outcome down. */
  async tryToConnect(options: ConnectionOptions, name = 'connection'): Promise<void> {
    let outcome: unknown = 'connected';
    try {
      await (await this.connect(options, name)).close();
    } catch (error) {
      outcome = normalised(error instanceof Error ? error.message : String(error));
    }
    this.note(name, outcome);
  }

  /** Writes down what the script itself found out. */
  note(name: string, value: unknown): void {
    const kept = normalised(value);
    this.#recorded.push([name, () => kept]);
  }

  /** Closes its connections and takes away what it declared. */
  async cleanUp(): Promise<void> {
    for (const connection of this.#connections) await connection.close().catch(() => undefined);
    const connection = await amqp.connect(this.#url({}), { noDelay: true });
    const channel = await connection.createChannel();
    for (const { queues, exchanges } of this.#channels) {
      for (const queue of queues) await channel.deleteQueue(queue);
      for (const exchange of exchanges) await channel.deleteExchange(exchange);
    }
    await connection.close();
  }

  #record(name: string, channel: Channel): RecordedChannel {
    const recorded = new RecordedChannel(channel);
    this.#recorded.push([name, () => recorded.events]);
    this.#channels.push(recorded);
    return recorded;
  }

  #url({ username, password, vhost, query = '' }: ConnectionOptions): string {
    const { host, port } = this.address;
    const user = encodeURIComponent(username ?? this.address.username);
    const secret = encodeURIComponent(password ?? this.address.password);
    const path = encodeURIComponent(vhost ?? this.address.vhost);
    return `amqp://${user}:${secret}@${host}:${port}/${path}${query}`;
  }
}
