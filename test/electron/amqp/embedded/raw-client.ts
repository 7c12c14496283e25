/** A client that writes whatever bytes it is told to: for what no real client would send. */
import { once } from 'node:events';
import net from 'node:net';
import { onTestFinished } from 'vitest';
import { FrameParser } from '../../../../electron/amqp/embedded/wire/frame-parser.ts';
import { methodFrame } from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { decodeMethod } from '../../../../electron/amqp/embedded/wire/method-codec.ts';
import type { Method } from '../../../../electron/amqp/embedded/wire/method-codec.ts';
import { tableOf } from '../../../../electron/amqp/embedded/wire/plain-values.ts';

export const protocolHeader = Buffer.from('AMQP\0\0\x09\x01', 'latin1');

export class RawClient {
  readonly socket: net.Socket;
  readonly #parser = new FrameParser(1024 * 1024);
  readonly #methods: Method[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.socket = net.connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('data', (chunk) => {
      // The answer to another protocol is no frame.
      if (chunk.subarray(0, 4).equals(protocolHeader.subarray(0, 4))) return;
      this.#parser.push(chunk);
      for (let frame = this.#parser.next(); frame !== undefined; frame = this.#parser.next()) {
        if (frame.type === 1) this.#methods.push(decodeMethod(frame.payload));
      }
      this.#wake();
    });
    this.socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  write(...pieces: Uint8Array[]): void {
    this.socket.write(Buffer.concat(pieces));
  }

  /** The next method the broker sends; undefined when it ends the connection instead. */
  async next(): Promise<Method | undefined> {
    while (this.#methods.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#methods.shift();
  }
}

/** Connected, logged in, and with channel 1 open. */
export async function openRawClient(port: number, heartbeatSeconds = 0): Promise<RawClient> {
  const client = new RawClient(port);
  await once(client.socket, 'connect');
  client.write(protocolHeader);
  await client.next();
  client.write(
    methodFrame(0, 'connection.start-ok', {
      clientProperties: tableOf({ capabilities: { authentication_failure_close: true } }),
      mechanism: 'PLAIN',
      response: Buffer.from('\0guest\0guest'),
      locale: 'en_US',
    }),
    methodFrame(0, 'connection.tune-ok', {
      channelMax: 2047,
      frameMax: 131_072,
      heartbeat: heartbeatSeconds,
    }),
    methodFrame(0, 'connection.open', { virtualHost: '/' }),
    methodFrame(1, 'channel.open', {}),
  );
  for (let n = 0; n < 3; n++) await client.next();
  return client;
}
