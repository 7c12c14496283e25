import { Duplex } from 'node:stream';
import type { EmbeddedBroker } from '../../../../../electron/amqp/embedded/embedded-broker.ts';
import { FrameParser } from '../../../../../electron/amqp/embedded/wire/frame-parser.ts';
import { methodFrame } from '../../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { decodeMethod } from '../../../../../electron/amqp/embedded/wire/method-codec.ts';

const opening = Buffer.concat([
  Buffer.from('AMQP\0\0\x09\x01', 'latin1'),
  methodFrame(0, 'connection.start-ok', {
    mechanism: 'PLAIN',
    response: Buffer.from('\0guest\0guest'),
    locale: 'en_US',
  }),
  methodFrame(0, 'connection.tune-ok', { channelMax: 2047, frameMax: 131_072, heartbeat: 0 }),
  methodFrame(0, 'connection.open', { virtualHost: '/' }),
  methodFrame(1, 'channel.open', {}),
]);

/** The broker's side of a connection without a socket: the rest of the way is the real one. */
class MemoryStream extends Duplex {
  readonly sent: Buffer[] = [];
  readonly #keeps: boolean;

  constructor(keeps: boolean) {
    super();
    this.#keeps = keeps;
  }

  override _read(): void {
    // Whatever comes is pushed.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (this.#keeps) this.sent.push(chunk);
    done();
  }
}

/** A client of the broker in the same process. */
export class MemoryClient {
  readonly #stream: MemoryStream;

  private constructor(stream: MemoryStream) {
    this.#stream = stream;
  }

  /** Logged in, and with channel 1 open. `keeps`: remembers what the broker sends. */
  static async connect(broker: EmbeddedBroker, keeps = false): Promise<MemoryClient> {
    const stream = new MemoryStream(keeps);
    broker.connect({ stream, reset: () => stream.destroy() });
    const client = new MemoryClient(stream);
    // From the next turn on, what is pushed is handled before `send` returns.
    await new Promise((resolve) => setImmediate(resolve));
    client.send(opening);
    return client;
  }

  /** False once the broker has hung up. */
  send(bytes: Buffer): boolean {
    if (this.#stream.destroyed || this.#stream.readableEnded) return false;
    this.#stream.push(bytes);
    return true;
  }

  /** The code of the broker's connection.close, once everything written has left. */
  async closeCode(): Promise<number | undefined> {
    await new Promise((resolve) => setImmediate(resolve));
    const parser = new FrameParser(1024 * 1024);
    for (const chunk of this.#stream.sent) parser.push(chunk);
    for (let frame = parser.next(); frame !== undefined; frame = parser.next()) {
      if (frame.type !== 1 || frame.channel !== 0) continue;
      const method = decodeMethod(frame.payload);
      if (method.name === 'connection.close') return method.args.replyCode;
    }
    return undefined;
  }

  /** Goes away without a word, as a client that crashes. */
  vanish(): void {
    this.#stream.destroy();
  }
}
