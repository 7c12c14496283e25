import type { VirtualHost } from '../engine/virtual-host.ts';
import type { Access } from '../permissions.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import { FrameParser, frameType } from '../wire/frame-parser.ts';
import type { Frame } from '../wire/frame-parser.ts';
import type { Content } from '../wire/frame-writer.ts';
import { decodeMethod } from '../wire/method-codec.ts';
import type { Method, MethodArguments } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';
import type { BrokerServices } from './broker-services.ts';
import type { ChannelHost } from './channel-host.ts';
import { Channels } from './channels.ts';
import { causeOfRefusal, closingArguments } from './closing.ts';
import { assertKnownFrame, connectionError, misplacedFrame } from './connection-errors.ts';
import { ConnectionOutput } from './connection-output.ts';
import type { Confirms } from './confirms.ts';
import { Handshake } from './handshake.ts';
import type { Session } from './handshake.ts';
import { reportConnection, reportProtocolError } from './connection-report.ts';
import { Heartbeat } from './heartbeat.ts';
import { PublisherGate } from './publisher-gate.ts';
import { answerToOthers, isProtocolHeader, protocolHeaderBytes } from './protocol-header.ts';
import type { Transport } from './transport.ts';

/** How long a client may take to open its connection, as RabbitMQ's `handshake_timeout`. */
const handshakeMilliseconds = 10_000;

/** How long a client may take to answer connection.close. */
const closeMilliseconds = 2_000;

/** Largest frame before the tuning: client properties need more than the minimum of 4096. */
const untunedFrameBytes = 8192;

/** An open connection: who it is for, and its channels. */
interface OpenConnection {
  readonly session: Session;
  readonly channels: Channels;
}

/** One client connection: its bytes in and out, its states from the first header to its end. */
export class Connection implements ChannelHost {
  readonly id: number;
  readonly services: BrokerServices;
  readonly #transport: Transport;
  readonly #output: ConnectionOutput;
  readonly #parser = new FrameParser(untunedFrameBytes);
  readonly #handshake: Handshake;
  readonly #heartbeat = new Heartbeat();
  readonly #gate: PublisherGate;
  readonly #onEnd: () => void;
  #state: 'protocol' | 'handshake' | 'open' | 'closing' | 'ended' = 'protocol';
  #open: OpenConnection | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #closeReason: string | undefined;

  /** `onEnd` is called once, when the connection no longer exists. */
  constructor(id: number, transport: Transport, services: BrokerServices, onEnd: () => void) {
    this.id = id;
    this.services = services;
    this.#transport = transport;
    const { stream } = transport;
    this.#output = new ConnectionOutput(stream, this.#heartbeat, untunedFrameBytes);
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
        if (paused) stream.pause();
        else stream.resume();
      },
    });
    this.#endWithin(handshakeMilliseconds);
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('drain', () => this.#open?.channels.resume());
    // The reason does not matter: `close` follows and says that it is over.
    stream.on('error', () => undefined);
    stream.on('close', () => this.#ended());
  }

  get user(): string {
    return this.#opened().user;
  }

  get vhost(): VirtualHost {
    return this.#opened().vhost;
  }

  get access(): Access {
    return this.#opened().access;
  }

  get hearsCancel(): boolean {
    return this.#clientCan('consumer_cancel_notify');
  }

  get isBehind(): boolean {
    return this.#output.isBehind;
  }

  send<Name extends MethodName>(
    channel: number,
    name: Name,
    args: Partial<MethodArguments<Name>> = {},
  ): void {
    this.#output.send(channel, name, args);
  }

  sendContent<Name extends MethodName>(
    channel: number,
    name: Name,
    args: Partial<MethodArguments<Name>>,
    content: Content,
  ): void {
    this.#output.sendContent(channel, name, args, content);
  }

  flushLater(confirms: Confirms): void {
    this.#output.flushLater(confirms);
  }

  fail(error: AmqpError, cause?: MethodName): void {
    if (this.#state === 'closing' || this.#state === 'ended') return;
    this.#output.flushConfirms();
    // A refused login is told only to clients that expect to be told (RabbitMQ's extension).
    const mayHear =
      this.#state !== 'handshake' ||
      error.code !== 403 ||
      this.#clientCan('authentication_failure_close');
    this.#state = 'closing';
    this.#closeReason = error.message;
    this.#release();
    if (mayHear) this.send(0, 'connection.close', closingArguments(error, cause));
    else this.#transport.stream.end();
    this.#endWithin(closeMilliseconds);
    reportProtocolError(this, undefined, error);
  }

  reset(): void {
    this.#closeReason = 'the connection was reset';
    this.#transport.reset();
    this.#ended();
  }

  /** Ends the TCP connection without a word of AMQP. */
  drop(): void {
    this.#closeReason = 'the connection was dropped';
    this.#transport.stream.destroy();
    this.#ended();
  }

  /** Says goodbye: with the error to clients whose connection is open, with the end to others. */
  shutDown(error: AmqpError): void {
    if (this.#open === undefined) return this.drop();
    this.fail(error);
  }

  forget(channel: number): void {
    this.#open?.channels.forget(channel);
  }

  /** Publishers may not go on, or may again: call it when `services.blockedReason` has changed. */
  blockedChanged(): void {
    if (this.#state !== 'open') return;
    const frames = this.#gate.changed();
    this.#handleAll(() => frames.shift());
  }

  #opened(): Session {
    if (this.#open === undefined) throw new Error('The connection is not open yet.');
    return this.#open.session;
  }

  #clientCan(capability: string): boolean {
    const field = this.#handshake.clientCapabilities.get(capability);
    return field?.type === 'bool' && field.value;
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
    const header = this.#parser.take(protocolHeaderBytes);
    if (header === undefined) return false;
    if (!isProtocolHeader(header, this.services.dialect)) {
      this.#state = 'closing';
      this.#transport.stream.end(answerToOthers(header, this.services.dialect));
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
    this.#output.flushConfirms();
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
    if (error.code === 501) this.#transport.stream.end();
  }

  #frame(frame: Frame): void {
    const { type, channel } = frame;
    if (this.#state === 'closing' && (channel !== 0 || type !== frameType.method)) return;
    assertKnownFrame(frame);
    if (channel === 0) {
      if (type === frameType.heartbeat) return;
      if (type !== frameType.method) throw misplacedFrame(frame);
      return this.#connectionMethod(decodeMethod(frame.payload));
    }
    if (type === frameType.heartbeat || this.#open === undefined) throw misplacedFrame(frame);
    if (type === frameType.method) this.#open.channels.method(frame, decodeMethod(frame.payload));
    else this.#open.channels.content(frame);
  }

  #connectionMethod(method: Method): void {
    if (method.name === 'connection.close') {
      this.#output.flushConfirms();
      this.#release();
      this.send(0, 'connection.close-ok');
      this.#state = 'closing';
      return this.#endSoon();
    }
    if (this.#state === 'closing') {
      if (method.name === 'connection.close-ok') this.#endSoon();
      return;
    }
    if (this.#state === 'handshake') return this.#handshakeMethod(method);
    if (method.name === 'connection.update-secret') {
      return this.send(0, 'connection.update-secret-ok');
    }
    this.fail(new AmqpError(504, 'unexpected method in connection state running'), method.name);
  }

  #handshakeMethod(method: Method): void {
    try {
      const session = this.#handshake.handle(method);
      if (session !== undefined) this.#begin(session);
    } catch (error) {
      if (!(error instanceof AmqpError)) throw error;
      this.fail(error, causeOfRefusal(error, method.name));
    }
  }

  #begin(session: Session): void {
    clearTimeout(this.#deadline);
    this.#open = { session, channels: new Channels(this, this.#gate, session.channelMax) };
    this.#state = 'open';
    this.#parser.maxFrameBytes = session.maxFrameBytes;
    this.#output.maxFrameBytes = session.maxFrameBytes;
    this.#heartbeat.start(
      session.heartbeatSeconds,
      () => this.#output.sendHeartbeat(),
      () => {
        this.#closeReason = `the client sent no heartbeat for ${2 * session.heartbeatSeconds} s`;
        this.#transport.stream.destroy();
      },
    );
    reportConnection(this, 'opened', session);
  }

  /** Gives back what the connection holds: unacknowledged messages, consumers, exclusive queues. */
  #release(): void {
    this.#gate.close();
    if (this.#open === undefined) return;
    const { channels, session } = this.#open;
    channels.close();
    for (const queue of [...session.vhost.queues.values()]) {
      if (queue.properties.owner === this) session.vhost.deleteQueue(queue);
    }
  }

  /** Lets what is written leave, then ends; a client that does not hang up is hung up on. */
  #endSoon(): void {
    this.#transport.stream.end();
    this.#endWithin(closeMilliseconds);
  }

  #endWithin(milliseconds: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#transport.stream.destroy(), milliseconds);
    this.#deadline.unref();
  }

  #ended(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#deadline);
    this.#heartbeat.stop();
    this.#output.dropConfirms();
    this.#release();
    if (this.#open !== undefined) {
      reportConnection(this, 'closed', this.#open.session, this.#closeReason);
    }
    this.#onEnd();
  }
}
