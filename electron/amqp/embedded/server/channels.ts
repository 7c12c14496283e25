import { AmqpError } from '../wire/amqp-error.ts';
import type { Frame } from '../wire/frame-parser.ts';
import type { Method } from '../wire/method-codec.ts';
import { Channel } from './channel.ts';
import type { ChannelHost } from './channel-host.ts';
import { unexpectedContent } from './connection-errors.ts';
import type { PublisherGate } from './publisher-gate.ts';

/** The channels of one open connection: frames to the one they are for, publishers held at the gate. */
export class Channels {
  readonly #host: ChannelHost;
  readonly #gate: PublisherGate;
  readonly #channelMax: number;
  readonly #open = new Map<number, Channel>();

  constructor(host: ChannelHost, gate: PublisherGate, channelMax: number) {
    this.#host = host;
    this.#gate = gate;
    this.#channelMax = channelMax;
  }

  method(frame: Frame, method: Method): void {
    const channel = this.#open.get(frame.channel);
    if (channel === undefined) return this.#openChannel(frame.channel, method);
    if (this.#gate.holds(frame, method.name === 'basic.publish')) return;
    channel.method(method);
  }

  /** A content header or body. Throws the `AmqpError` that ends the connection. */
  content(frame: Frame): void {
    const channel = this.#open.get(frame.channel);
    if (channel === undefined) throw unexpectedContent();
    if (this.#gate.holds(frame, false)) return;
    channel.content(frame);
  }

  /** The client reads again. */
  resume(): void {
    for (const channel of this.#open.values()) channel.resume();
  }

  /** The number is free. */
  forget(channel: number): void {
    this.#open.delete(channel);
  }

  /** All of them, giving back what they hold. */
  close(): void {
    for (const channel of this.#open.values()) channel.close();
    this.#open.clear();
  }

  /** As in RabbitMQ it is their count, not their numbers, that is limited. */
  #openChannel(number: number, method: Method): void {
    if (this.#open.size >= this.#channelMax) {
      const text = `number of channels opened (${this.#open.size}) has reached the negotiated channel_max (${this.#channelMax})`;
      throw new AmqpError(530, text);
    }
    if (method.name !== 'channel.open') {
      return this.#host.fail(new AmqpError(504, "expected 'channel.open'"), method.name);
    }
    this.#open.set(number, new Channel(this.#host, number));
    this.#host.send(number, 'channel.open-ok');
  }
}
