import type { Socket } from 'node:net';
import type { VirtualHost } from '../engine/virtual-host.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import { FrameParser, frameType } from '../wire/frame-parser.ts';
import type { Frame } from '../wire/frame-parser.ts';
import { contentFrames, heartbeatFrame, methodFrame } from '../wire/frame-writer.ts';
import type { Content } from '../wire/frame-writer.ts';
import { decodeMethod } from '../wire/method-codec.ts';
import type { Method, MethodArguments } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';
import type { BrokerServices } from './broker-services.ts';
import { Channel } from './channel.ts';
import type { ChannelHost } from './channel-host.ts';
import { closingArguments } from './closing.ts';
import { assertHeartbeat, connectionError, unknownFrame } from './connection-errors.ts';
import type { Confirms } from './confirms.ts';
import { Handshake, protocolHeader } from './handshake.ts';
import type { Session } from './handshake.ts';
import { Heartbeat } from './heartbeat.ts';
import { Outbox } from './outbox.ts';
import { PublisherGate } from './publisher-gate.ts';

/** How long a client may take to open its connection, as RabbitMQ's `handshake_timeout`. */
const handshakeMilliseconds = 10_000;

/** How long a client may take to answer connection.close. */
const closeMilliseconds = 2_000;

/** Largest frame before the tuning: client properties need more than the minimum of 4096. */
const untunedFrameBytes = 8192;

/** One client connection: its bytes in and out, its channels, its end. */
export class Connection implements ChannelHost {
  readonly id: number;
  readonly services: BrokerServices;
  readonly #socket: Socket;
  readonly #outbox: Outbox;
  readonly #parser = new FrameParser(untunedFrameBytes);
  readonly #handshake: Handshake;
  readonly #heartbeat = new Heartbeat();
  readonly #gate: PublisherGate;
  readonly #channels = new Map<number, Channel>();
  readonly #unflushed = new Set<Confirms>();
  readonly #onEnd: () => void;
  #state: 'protocol' | 'handshake' | 'open' | 'closing' | 'ended' = 'protocol';
  #session: Session | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #closeReason: string | undefined;

  /** `onEnd` is called once, when the connection no longer exists. */
  constructor(id: number, socket: Socket, services: BrokerServices, onEnd: () => void) {
    this.id = id;
    this.services = services;
    this.#socket = socket;
    this.#outbox = new Outbox(socket);
    this.#onEnd = onEnd;
    this.#handshake = new Handshake(services, (name, args) => this.send(0, name, args));
    this.#gate = new PublisherGate(services, {
      tellBlocked: (reason) => {
        if (!this.#clientCan('connection.blocked')) return false;
        this.send(0, 'connection.blocked', { reason });
        return true;
      },
      tellUnblocked: () => this.send(0, 'connection.unblocked'),
      pauseReading: (paused) => {
        this.#heartbeat.deaf = paused;
        if (paused) this.#socket.pause();
        else this.#socket.resume();
      },
    });
    this.#endWithin(handshakeMilliseconds);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('drain', () => this.#resumeChannels());
    // The reason does not matter: `close` follows and says that it is over.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#ended());
  }

  get user(): string {
    return this.#opened().user;
  }

  get vhost(): VirtualHost {
    return this.#opened().vhost;
  }

  get hearsCancel(): boolean {
    return this.#clientCan('consumer_cancel_notify');
  }

  get isBehind(): boolean {
    return this.#outbox.isBehind;
  }

  send<Name extends MethodName>(
    channel: number,
    name: Name,
    args: Partial<MethodArguments<Name>> = {},
  ): void {
    this.#write(methodFrame(channel, name, args));
  }

  sendContent<Name extends MethodName>(
    channel: number,
    name: Name,
    args: Partial<MethodArguments<Name>>,
    content: Content,
  ): void {
    const frames = contentFrames(channel, name, args, content, this.#parser.maxFrameBytes);
    for (const bytes of frames) this.#write(bytes);
  }

  flushLater(confirms: Confirms): void {
    this.#unflushed.add(confirms);
  }

  fail(error: AmqpError, cause?: MethodName): void {
    if (this.#state === 'closing' || this.#state === 'ended') return;
    this.#flushConfirms();
    // A refused login is told only to clients that expect to be told (RabbitMQ's extension).
    const mayHear =
      this.#state !== 'handshake' ||
      error.code !== 403 ||
      this.#clientCan('authentication_failure_close');
    this.#state = 'closing';
    this.#closeReason = error.message;
    this.#release();
    if (mayHear) this.send(0, 'connection.close', closingArguments(error, cause));
    else this.#socket.end();
    this.#endWithin(closeMilliseconds);
    this.services.events.emit('protocolError', {
      connectionId: this.id,
      channel: undefined,
      replyCode: error.code,
      replyText: error.message,
    });
  }

  reset(): void {
    this.#closeReason = 'the connection was reset';
    this.#socket.resetAndDestroy();
    this.#ended();
  }

  /** Ends the TCP connection without a word of AMQP. */
  drop(): void {
    this.#closeReason = 'the connection was dropped';
    this.#socket.destroy();
    this.#ended();
  }

  /** Says goodbye: with the error to clients whose connection is open, with the end to others. */
  shutDown(error: AmqpError): void {
    if (this.#session === undefined) return this.drop();
    this.fail(error);
  }

  forget(channel: number): void {
    this.#channels.delete(channel);
  }

  /** Publishers may not go on, or may again: call it when `services.blockedReason` has changed. */
  blockedChanged(): void {
    if (this.#state !== 'open') return;
    const frames = this.#gate.changed();
    this.#handleAll(() => frames.shift());
  }

  #opened(): Session {
    if (this.#session === undefined) throw new Error('The connection is not open yet.');
    return this.#session;
  }

  #clientCan(capability: string): boolean {
    const field = this.#handshake.clientCapabilities.get(capability);
    return field?.type === 'bool' && field.value;
  }

  #write(bytes: Uint8Array): void {
    this.#heartbeat.sent();
    this.#outbox.write(bytes);
  }

  #receive(chunk: Buffer): void {
    this.#heartbeat.heard();
    this.#parser.push(chunk);
    this.#handleAll(() => {
      if (this.#state === 'protocol' && !this.#readProtocolHeader()) return undefined;
      return this.#parser.next();
    });
  }

  /** True when the client speaks AMQP 0-9-1; others are told what is spoken here. */
  #readProtocolHeader(): boolean {
    const header = this.#parser.take(protocolHeader.length);
    if (header === undefined) return false;
    if (!header.equals(protocolHeader)) {
      this.#state = 'closing';
      this.#socket.end(protocolHeader);
      this.#endWithin(closeMilliseconds);
      return false;
    }
    this.#state = 'handshake';
    this.#handshake.start();
    return true;
  }

  #handleAll(next: () => Frame | undefined): void {
    try {
      for (let frame = next(); frame !== undefined; frame = next()) {
        this.#frame(frame);
        if (this.#isOver()) return;
      }
    } catch (error) {
      this.#failed(error);
    }
    this.#flushConfirms();
  }

  #isOver(): boolean {
    return this.#state === 'ended';
  }

  #failed(thrown: unknown): void {
    // While closing, the rest of a broken stream stays broken.
    if (this.#state === 'closing') return;
    const { error, cause } = connectionError(thrown);
    this.fail(error, cause);
    // After a frame that cannot be read nothing can, not even the answer to our close.
    if (error.code === 501) this.#socket.end();
  }

  #frame(frame: Frame): void {
    if (frame.type === frameType.heartbeat) return assertHeartbeat(frame);
    if (frame.type === frameType.method) {
      if (frame.payload.length < 4) throw unknownFrame(frame);
      const method = decodeMethod(frame.payload);
      if (frame.channel === 0) this.#connectionMethod(method);
      else this.#channelMethod(frame, method);
    } else if (frame.type === frameType.header || frame.type === frameType.body) {
      if (frame.channel === 0) throw unknownFrame(frame);
      this.#channelContent(frame);
    } else {
      throw unknownFrame(frame);
    }
  }

  #connectionMethod(method: Method): void {
    if (method.name === 'connection.close') {
      this.#flushConfirms();
      this.#release();
      this.send(0, 'connection.close-ok');
      this.#state = 'closing';
      this.#endSoon();
      return;
    }
    if (this.#state === 'closing') {
      if (method.name === 'connection.close-ok') this.#endSoon();
      return;
    }
    if (this.#state === 'handshake') {
      try {
        const session = this.#handshake.handle(method);
        if (session !== undefined) this.#open(session);
      } catch (error) {
        if (!(error instanceof AmqpError)) throw error;
        this.fail(error, error.code === 530 ? method.name : undefined);
      }
      return;
    }
    if (method.name === 'connection.update-secret') {
      return this.send(0, 'connection.update-secret-ok');
    }
    this.fail(new AmqpError(504, 'unexpected method in connection state running'), method.name);
  }

  #open(session: Session): void {
    clearTimeout(this.#deadline);
    this.#session = session;
    this.#state = 'open';
    this.#parser.maxFrameBytes = session.maxFrameBytes;
    this.#heartbeat.start(
      session.heartbeatSeconds,
      () => this.#write(heartbeatFrame),
      () => {
        this.#closeReason = `the client sent no heartbeat for ${2 * session.heartbeatSeconds} s`;
        this.#socket.destroy();
      },
    );
    this.#reportConnection('opened');
  }

  #channelMethod(frame: Frame, method: Method): void {
    if (this.#state === 'closing') return;
    if (this.#state !== 'open') {
      throw new AmqpError(503, `${method.name} came before the connection was open`);
    }
    const channel = this.#channels.get(frame.channel);
    if (channel === undefined) return this.#openChannel(frame.channel, method);
    if (this.#gate.holds(frame, method.name === 'basic.publish')) return;
    channel.method(method);
  }

  #channelContent(frame: Frame): void {
    if (this.#state === 'closing') return;
    const channel = this.#channels.get(frame.channel);
    if (channel === undefined) throw new AmqpError(504, "expected 'channel.open'");
    if (this.#gate.holds(frame, false)) return;
    channel.content(frame);
  }

  #openChannel(number: number, method: Method): void {
    if (method.name !== 'channel.open') {
      return this.fail(new AmqpError(504, "expected 'channel.open'"), method.name);
    }
    const { channelMax } = this.#opened();
    if (number > channelMax) {
      const text = `channel number ${number} is above the negotiated channel_max (${channelMax})`;
      return this.fail(new AmqpError(530, text), method.name);
    }
    this.#channels.set(number, new Channel(this, number));
    this.send(number, 'channel.open-ok');
  }

  #resumeChannels(): void {
    for (const channel of this.#channels.values()) channel.resume();
  }

  #flushConfirms(): void {
    for (const confirms of this.#unflushed) confirms.flush();
    this.#unflushed.clear();
  }

  /** Gives back what the connection holds: unacknowledged messages, consumers, exclusive queues. */
  #release(): void {
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
    this.#gate.close();
    const vhost = this.#session?.vhost;
    for (const queue of [...(vhost?.queues.values() ?? [])]) {
      if (queue.properties.owner === this) vhost?.deleteQueue(queue);
    }
  }

  /** Lets what is written leave, then ends; a client that does not hang up is hung up on. */
  #endSoon(): void {
    this.#socket.end();
    this.#endWithin(closeMilliseconds);
  }

  #endWithin(milliseconds: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#socket.destroy(), milliseconds);
    this.#deadline.unref();
  }

  #ended(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#deadline);
    this.#heartbeat.stop();
    this.#unflushed.clear();
    this.#release();
    if (this.#session !== undefined) this.#reportConnection('closed');
    this.#onEnd();
  }

  #reportConnection(kind: 'opened' | 'closed'): void {
    const { user, vhost, clientName } = this.#opened();
    this.services.events.emit('connection', {
      kind,
      connectionId: this.id,
      user,
      vhost: vhost.name,
      clientName,
      reason: this.#closeReason,
    });
    this.services.changed();
  }
}
