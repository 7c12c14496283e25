/**
 * Opens a connection by hand, only to learn the words of the refusal. amqplib loses the text and
 * the code when the broker answers connection.open with connection.close (a missing virtual host,
 * code 530), and it cannot tell what a peer that is no AMQP broker said.
 *
 * Frames and methods: AMQP 0-9-1 specification, sections 2.3.5 and 1.4 (class 10, connection).
 */
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { BrokerAddress } from '../client-contract.ts';
import { tlsConnectOptions } from './peer-certificate.ts';

export type HandshakeAnswer =
  | { readonly kind: 'opened' }
  | { readonly kind: 'closed'; readonly replyCode: number; readonly replyText: string }
  /** The peer answered with something else; its first line, without control characters. */
  | { readonly kind: 'not-amqp'; readonly greeting: string }
  /** The peer answered with the protocol header of another AMQP, such as `AMQP 1.0`. */
  | { readonly kind: 'other-amqp'; readonly version: string }
  /** It ended or stayed silent, or could not be reached; with the system's error, if there was one. */
  | { readonly kind: 'nothing'; readonly error?: Error };

const PROTOCOL_HEADER = Buffer.from('AMQP\0\0\x09\x01', 'latin1');
const METHOD_FRAME = 1;
const HEARTBEAT_FRAME = 8;
const FRAME_END = 0xce;
const START = 0x000a_000a;
const TUNE = 0x000a_001e;
const OPEN_OK = 0x000a_0029;
const CLOSE = 0x000a_0032;
const TLS_ALERT = 0x15;
/** A handshake frame is never larger; more means that the peer speaks something else. */
const LARGEST_FRAME = 131_072;

/** Never rejects: what cannot be learnt is `nothing`. Takes at most `timeoutMs`. */
export function probeHandshake(
  address: BrokerAddress,
  timeoutMs: number,
): Promise<HandshakeAnswer> {
  return new Promise((resolve) => {
    const socket = dial(address);
    let received: Buffer = Buffer.alloc(0);
    const finish = (answer: HandshakeAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      socket.destroy();
    };
    // What came so far began as AMQP does; else it would be known already.
    const timer = setTimeout(() => finish({ kind: 'nothing' }), timeoutMs);
    socket.on('error', (error) => finish({ kind: 'nothing', error }));
    socket.on('close', () => finish(received.length > 0 ? foreign(received) : { kind: 'nothing' }));
    socket.on(address.tls === undefined ? 'connect' : 'secureConnect', () => {
      socket.write(PROTOCOL_HEADER);
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (let frame = readFrame(received); frame !== undefined; frame = readFrame(received)) {
        if (frame === 'foreign') {
          finish(foreign(received));
          return;
        }
        received = received.subarray(frame.length);
        const answer = answerMethod(frame, address, socket);
        if (answer !== undefined) {
          finish(answer);
          return;
        }
      }
    });
  });
}

function dial(address: BrokerAddress): Socket {
  const { host, port, tls } = address;
  return tls === undefined
    ? connectTcp({ host, port, noDelay: true })
    : connectTls(tlsConnectOptions(address));
}

interface MethodFrame {
  readonly length: number;
  readonly type: number;
  readonly payload: Buffer;
}

function readFrame(bytes: Buffer): MethodFrame | 'foreign' | undefined {
  const type = bytes[0];
  if (type !== undefined && type !== METHOD_FRAME && type !== HEARTBEAT_FRAME) {
    return 'foreign';
  }
  if (bytes.length < 7) {
    return undefined;
  }
  const size = bytes.readUInt32BE(3);
  if (size > LARGEST_FRAME) {
    return 'foreign';
  }
  const length = size + 8;
  if (bytes.length < length) {
    return undefined;
  }
  return bytes[length - 1] === FRAME_END
    ? { length, type: type ?? 0, payload: bytes.subarray(7, length - 1) }
    : 'foreign';
}

function answerMethod(
  { type, payload }: MethodFrame,
  address: BrokerAddress,
  socket: Socket,
): HandshakeAnswer | undefined {
  if (type !== METHOD_FRAME || payload.length < 4) {
    return undefined;
  }
  switch (payload.readUInt32BE(0)) {
    case START:
      socket.write(startOk(address));
      return undefined;
    case TUNE:
      // tune-ok repeats what the broker proposed: channel-max, frame-max, heartbeat.
      socket.write(methodFrame(0x000a_001f, payload.subarray(4, 12)));
      socket.write(
        methodFrame(0x000a_0028, Buffer.concat([shortString(address.vhost), Buffer.from([0, 0])])),
      );
      return undefined;
    case OPEN_OK:
      return { kind: 'opened' };
    case CLOSE: {
      const textLength = payload.readUInt8(6);
      return {
        kind: 'closed',
        replyCode: payload.readUInt16BE(4),
        replyText: payload.toString('utf8', 7, 7 + textLength),
      };
    }
    default:
      return undefined;
  }
}

function startOk({ username, password }: BrokerAddress): Buffer {
  // Without this capability RabbitMQ ends the socket after a refused login instead of saying why.
  const capability = Buffer.concat([
    shortString('authentication_failure_close'),
    Buffer.from('t\x01', 'latin1'),
  ]);
  const properties = Buffer.concat([
    shortString('capabilities'),
    Buffer.from('F', 'latin1'),
    longString(capability),
  ]);
  return methodFrame(
    0x000a_000b,
    Buffer.concat([
      longString(properties),
      shortString('PLAIN'),
      longString(Buffer.from(`\0${username}\0${password}`)),
      shortString('en_US'),
    ]),
  );
}

function methodFrame(method: number, fields: Buffer): Buffer {
  const frame = Buffer.alloc(12 + fields.length);
  frame.writeUInt8(METHOD_FRAME, 0);
  frame.writeUInt32BE(4 + fields.length, 3);
  frame.writeUInt32BE(method, 7);
  fields.copy(frame, 11);
  frame.writeUInt8(FRAME_END, frame.length - 1);
  return frame;
}

function shortString(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function longString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function foreign(bytes: Buffer): HandshakeAnswer {
  if (bytes[0] === TLS_ALERT && bytes[1] === 3) {
    return { kind: 'not-amqp', greeting: 'a TLS alert' };
  }
  if (bytes.length >= 8 && bytes.toString('latin1', 0, 4) === 'AMQP') {
    return { kind: 'other-amqp', version: `AMQP ${bytes[5] ?? 0}.${bytes[6] ?? 0}` };
  }
  const firstLine =
    bytes
      .subarray(0, 200)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? '';
  return { kind: 'not-amqp', greeting: firstLine.replace(/[^\x20-\x7e]/g, '.').slice(0, 80) };
}
