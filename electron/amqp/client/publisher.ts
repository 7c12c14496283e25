/**
 * One AMQP connection with one confirm channel, on amqplib. Every publish is mandatory on the wire
 * and gets exactly one verdict; nothing is ever published again.
 */
import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { WirePlace } from '../../../lua-runtime/recording/entries.ts';
import { BrokerError } from '../client-contract.ts';
import type {
  BrokerAddress,
  BrokerVerdict,
  ConnectPublisher,
  OutgoingMessage,
  Publisher,
  PublisherOptions,
} from '../client-contract.ts';
import { publishOptions } from './basic-properties.ts';
import { connectFailure } from './connect-failure.ts';
import { dropSocket, openConnection, withinLimit } from './connection.ts';
import { channelEnd, connectionEnd, fates } from './connection-end.ts';
import type { ConnectionEnd } from './connection-end.ts';
import { ReturnedMessages } from './returned-messages.ts';
import type { Return, SentMessage } from './returned-messages.ts';
import { brokerVerdict } from './verdicts.ts';
import type { VerdictDetails } from './verdicts.ts';

/** How long a broker may take over its part of the closing handshake before the socket is dropped. */
const CLOSE_LIMIT_MS = 2_000;

/** Connects, logs in, opens the vhost and a confirm channel; see the contract. */
export const connectPublisher: ConnectPublisher = async (address, options) => {
  let connection: ChannelModel | undefined;
  try {
    connection = await openConnection(address, options.connectTimeoutMs, options.trace);
    const publisher = new AmqplibPublisher(address, options, connection);
    await publisher.openChannel();
    return publisher;
  } catch (error) {
    if (connection !== undefined) {
      dropSocket(connection);
    }
    if (error instanceof BrokerError) {
      throw error;
    }
    throw new BrokerError(await connectFailure(error, address, options.connectTimeoutMs));
  }
};

interface Outstanding extends SentMessage {
  readonly publishedAt: number;
  readonly settle: (verdict: BrokerVerdict) => void;
  timer: NodeJS.Timeout | undefined;
  settled: boolean;
  returnTaken: boolean;
}

class AmqplibPublisher implements Publisher {
  readonly address: BrokerAddress;
  readonly #options: PublisherOptions;
  readonly #connection: ChannelModel;
  readonly #returned = new ReturnedMessages<Outstanding>();
  #channel: ConfirmChannel | undefined;
  /** How many were handed to the channel: it counts delivery tags from 1. */
  #published = 0;
  newestOnWire: WirePlace | undefined;
  #open = true;
  #connectionOpen = true;
  #closing = false;
  #end: ConnectionEnd | undefined;
  #blockedBecause: string | undefined;

  constructor(address: BrokerAddress, options: PublisherOptions, connection: ChannelModel) {
    this.address = address;
    this.#options = options;
    this.#connection = connection;
    connection.on('error', (error) => this.#remember(connectionEnd(error)));
    connection.on('close', (error) => {
      this.#connectionOpen = false;
      // Closed by an operator (320): amqplib emits no `error`, only this.
      if (error !== undefined) {
        this.#remember(connectionEnd(error));
      }
      this.#ended();
    });
    connection.on('blocked', (reason) => (this.#blockedBecause = reason));
    connection.on('unblocked', () => (this.#blockedBecause = undefined));
  }

  async openChannel(): Promise<void> {
    try {
      const channel = await withinLimit(
        this.#connection.createConfirmChannel(),
        this.#options.connectTimeoutMs,
        () => undefined,
      );
      channel.on('error', (error) => this.#remember(channelEnd(error)));
      channel.on('close', () => {
        this.#ended();
        this.#closeConnectionOfDeadChannel();
      });
      channel.on('return', (message) => this.#returned.keep(message));
      this.#channel = channel;
    } catch (error) {
      if (this.#end !== undefined) {
        this.#open = false;
        throw new BrokerError(this.#closedVerdict());
      }
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get closedBecause(): BrokerVerdict | undefined {
    return this.#open ? undefined : this.#closedVerdict();
  }

  publish(message: OutgoingMessage): Promise<BrokerVerdict> {
    if (!this.#open || this.#channel === undefined) {
      throw new BrokerError(this.#closedVerdict());
    }
    const channel = this.#channel;
    return new Promise((settle) => {
      const { buffer, byteOffset, byteLength } = message.payload;
      const publish: Outstanding = {
        exchange: message.exchange,
        routingKey: message.routingKey,
        payload: Buffer.from(buffer, byteOffset, byteLength),
        options: publishOptions(message.properties),
        publishedAt: performance.now(),
        settle,
        timer: undefined,
        settled: false,
        returnTaken: false,
      };
      this.newestOnWire = undefined;
      try {
        channel.publish(
          publish.exchange,
          publish.routingKey,
          publish.payload,
          publish.options,
          (error: unknown) => this.#confirmed(publish, error),
        );
      } catch (error) {
        settle(this.#notSent(publish, error));
        return;
      }
      this.#published += 1;
      const { trace } = this.#options;
      this.newestOnWire = trace && { connection: trace.id, delivery_tag: this.#published };
      this.#returned.sent(publish);
      publish.timer = setTimeout(() => this.#confirmLimit(publish), this.#options.confirmTimeoutMs);
    });
  }

  async close(): Promise<void> {
    if (!this.#open || this.#channel === undefined) {
      throw new BrokerError(this.#closedVerdict());
    }
    this.#open = false;
    this.#closing = true;
    const ended = new Promise<void>((resolve) => this.#connection.once('close', () => resolve()));
    try {
      await withinLimit(
        Promise.race([this.#channel.close().then(() => this.#connection.close()), ended]),
        CLOSE_LIMIT_MS,
        () => undefined,
      );
    } catch {
      // The broker did not answer, or the connection went away meanwhile: closed is closed.
      dropSocket(this.#connection);
    }
    this.#ended();
  }

  #remember(end: ConnectionEnd): void {
    // The first error explains; what follows from it (channel closed, connection closed) does not.
    this.#end ??= end;
  }

  #ended(): void {
    this.#open = false;
    if (!this.#closing) this.#options.onClosed?.();
    // amqplib closes the channel before it emits the connection's `close` with the reason (320).
    queueMicrotask(() => this.#settleOutstanding());
  }

  /** The broker closed only the channel: a connection without one is of no use to anybody. */
  #closeConnectionOfDeadChannel(): void {
    queueMicrotask(() => {
      if (this.#connectionOpen && !this.#closing) {
        withinLimit(this.#connection.close(), CLOSE_LIMIT_MS, () => undefined).catch(() =>
          dropSocket(this.#connection),
        );
      }
    });
  }

  #settleOutstanding(): void {
    const left = [...this.#returned.outstanding];
    const fate = fates(this.#whyClosed(), left, this.address);
    left.forEach((publish, index) => {
      const returned = publish.returnTaken ? undefined : this.#returned.confirmed(publish);
      const verdict = fate[index];
      if (returned !== undefined) {
        this.#settle(publish, this.#unroutable(publish, returned));
      } else if (verdict !== undefined) {
        this.#settle(publish, { ...verdict, latencyUs: latencyUs(publish) });
      }
    });
  }

  #confirmed(publish: Outstanding, error: unknown): void {
    if (error instanceof Error && error.message !== 'message nacked') {
      // 'channel closed': the events of channel and connection know why, and settle it.
      return;
    }
    const returned = this.#returned.confirmed(publish);
    if (returned !== undefined) {
      this.#settle(publish, this.#unroutable(publish, returned));
      return;
    }
    this.#settle(
      publish,
      error instanceof Error
        ? brokerVerdict('nacked', 'nacked', this.address, this.#details(publish))
        : brokerVerdict('acked', 'acked', this.address, this.#details(publish)),
    );
  }

  #confirmLimit(publish: Outstanding): void {
    const returned = this.#returned.take(publish);
    if (returned !== undefined) {
      publish.returnTaken = true;
      this.#settle(publish, this.#unroutable(publish, returned));
      return;
    }
    const details = { ...this.#details(publish), limitMs: this.#options.confirmTimeoutMs };
    this.#settle(
      publish,
      this.#blockedBecause === undefined
        ? brokerVerdict('unconfirmed', 'confirm-timeout', this.address, details)
        : brokerVerdict('unconfirmed', 'blocked', this.address, {
            ...details,
            replyText: this.#blockedBecause,
          }),
    );
  }

  #settle(publish: Outstanding, verdict: BrokerVerdict): void {
    clearTimeout(publish.timer);
    if (!publish.settled) {
      publish.settled = true;
      publish.settle(verdict);
    }
  }

  #unroutable(publish: Outstanding, returned: Return): BrokerVerdict {
    const { replyCode, replyText } = returned;
    return brokerVerdict('unroutable', 'unroutable', this.address, {
      ...this.#details(publish),
      replyCode,
      replyText,
    });
  }

  /** amqplib refused to encode it, before anything was written. */
  #notSent(publish: Outstanding, error: unknown): BrokerVerdict {
    const details = this.#details(publish);
    if (error instanceof RangeError && error.message.includes('field table')) {
      return brokerVerdict('failed', 'headers-too-large', this.address, details);
    }
    const replyText = error instanceof Error ? error.message : String(error);
    return brokerVerdict('failed', 'other', this.address, { ...details, replyText });
  }

  #details(publish: Outstanding): VerdictDetails {
    const { exchange, routingKey } = publish;
    return { exchange, routingKey, latencyUs: latencyUs(publish) };
  }

  #whyClosed(): ConnectionEnd {
    return (
      this.#end ?? {
        scope: 'connection',
        cause: this.#closing ? 'closed-by-us' : 'connection-lost',
        becauseOfPublish: false,
      }
    );
  }

  #closedVerdict(): BrokerVerdict {
    const { cause, replyCode, replyText } = this.#whyClosed();
    return brokerVerdict('failed', cause, this.address, {
      ...(replyCode === undefined ? {} : { replyCode }),
      ...(replyText === undefined ? {} : { replyText }),
      ...quotedExchange(replyText),
    });
  }
}

/** The broker names the missing exchange only in its text: `no exchange 'x' in vhost '/'`. */
function quotedExchange(replyText: string | undefined): { exchange?: string } {
  const exchange = /exchange '([^']*)'/.exec(replyText ?? '')?.[1];
  return exchange === undefined ? {} : { exchange };
}

function latencyUs({ publishedAt }: Outstanding): number {
  return Math.round((performance.now() - publishedAt) * 1000);
}
