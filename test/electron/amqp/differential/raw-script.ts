/** What no client library would send: bytes, and the first thing either broker says to them. */
import { once } from 'node:events';
import net from 'node:net';
import type { BrokerAddress } from '../../../../electron/amqp/client-contract.ts';
import { FrameParser } from '../../../../electron/amqp/embedded/wire/frame-parser.ts';
import { methodFrame } from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { decodeMethod } from '../../../../electron/amqp/embedded/wire/method-codec.ts';
import type { Method } from '../../../../electron/amqp/embedded/wire/method-codec.ts';
import { tableOf } from '../../../../electron/amqp/embedded/wire/plain-values.ts';

export const protocolHeader = Buffer.from('AMQP\0\0\x09\x01', 'latin1');

/** Longer than RabbitMQ takes to hang up on whom it does not know. */
const limitMilliseconds = 15_000;

export class RawConversation {
  readonly #socket: net.Socket;
  readonly #parser = new FrameParser(1024 * 1024);
  readonly #methods: (Method | 'the end')[] = [];
  #wake: () => void = () => undefined;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      this.#parser.push(chunk);
      for (let frame = this.#parser.next(); frame !== undefined; frame = this.#parser.next()) {
        if (frame.type === 1) this.#hear(decodeMethod(frame.payload));
      }
    });
    socket.on('close', () => this.#hear('the end'));
  }

  static async open({ host, port }: BrokerAddress): Promise<RawConversation> {
    const socket = net.connect(port, host);
    await once(socket, 'connect');
    return new RawConversation(socket);
  }

  write(...bytes: Uint8Array[]): void {
    this.#socket.write(Buffer.concat(bytes));
  }

  /** The next method; `the end` when the broker hangs up instead. */
  async next(): Promise<Method | 'the end'> {
    const deadline = setTimeout(() => this.#hear('the end'), limitMilliseconds);
    while (this.#methods.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    clearTimeout(deadline);
    return this.#methods.shift() ?? 'the end';
  }

  /** As a client begins: logged in, tuned, open, with channel 1. */
  async logIn({ username, password, vhost }: BrokerAddress): Promise<void> {
    this.write(protocolHeader);
    await this.next();
    this.write(
      methodFrame(0, 'connection.start-ok', {
        clientProperties: tableOf({ capabilities: { authentication_failure_close: true } }),
        mechanism: 'PLAIN',
        response: Buffer.from(`\0${username}\0${password}`),
        locale: 'en_US',
      }),
    );
    await this.next();
    this.write(
      methodFrame(0, 'connection.tune-ok', { channelMax: 2047, frameMax: 131_072, heartbeat: 0 }),
      methodFrame(0, 'connection.open', { virtualHost: vhost }),
    );
    await this.next();
    this.write(methodFrame(1, 'channel.open', {}));
    await this.next();
  }

  end(): void {
    this.#socket.destroy();
  }

  #hear(what: Method | 'the end'): void {
    this.#methods.push(what);
    this.#wake();
  }
}

/** Sends the bytes on an open channel and returns what the broker says first. */
export async function answerTo(address: BrokerAddress, bytes: Uint8Array): Promise<unknown> {
  const conversation = await RawConversation.open(address);
  try {
    await conversation.logIn(address);
    conversation.write(bytes);
    return await conversation.next();
  } finally {
    conversation.end();
  }
}

/**
 * Connects with these bytes and returns how the answer begins: a protocol header is whole, of a
 * connection.start it is the frame's head.
 */
export async function answerToBeginning(
  { host, port }: BrokerAddress,
  bytes: Uint8Array,
): Promise<Buffer> {
  const socket = net.connect(port, host);
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (received.length >= protocolHeader.length) socket.destroy();
  });
  socket.on('error', () => undefined);
  socket.setTimeout(limitMilliseconds, () => socket.destroy());
  socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  const [type] = received;
  return received.subarray(0, type === 1 ? 3 : protocolHeader.length);
}

/** A frame of any type, with any end. */
export function frame(type: number, channel: number, payload: Uint8Array, end = 0xce): Buffer {
  const head = Buffer.alloc(7);
  head.writeUInt8(type);
  head.writeUInt16BE(channel, 1);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([end])]);
}

/** A content header on channel 1. */
export function header(bodySize: number, classId = 60, weight = 0): Buffer {
  const fixed = Buffer.alloc(14);
  fixed.writeUInt16BE(classId);
  fixed.writeUInt16BE(weight, 2);
  fixed.writeUInt32BE(bodySize, 8);
  return frame(2, 1, fixed);
}
