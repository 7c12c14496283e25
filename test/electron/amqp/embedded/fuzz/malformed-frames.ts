/** Frames that must end the connection, each with the reply code that is right for it. */
import type { ReplyCode } from '../../../../../electron/amqp/embedded/wire/amqp-error.ts';
import { methodFrame } from '../../../../../electron/amqp/embedded/wire/frame-writer.ts';
import type { Random } from './random.ts';

export interface MalformedFrame {
  readonly bytes: Buffer;
  readonly code: ReplyCode;
}

type Kind = (random: Random) => MalformedFrame;

const publish = methodFrame(1, 'basic.publish', { routingKey: 'q' });

const kinds: readonly [Kind, ...Kind[]] = [
  // The frame itself.
  (random) => ({ code: 501, bytes: frame(8, 0, noBytes, random.below(0xce)) }),
  (random) => ({
    code: 501,
    bytes: frame(9 + random.below(200), 1, random.bytes(random.below(30))),
  }),
  (random) => ({ code: 501, bytes: oversized(random) }),
  (random) => ({ code: 501, bytes: frame(8, 0, random.bytes(1 + random.below(20))) }),
  (random) => ({ code: 501, bytes: frame(1, 1, random.bytes(random.below(4))) }),
  (random) => ({ code: 501, bytes: frame(2, random.below(2), random.bytes(random.below(12))) }),
  (random) => ({ code: 505, bytes: frame(8, 1 + random.below(5), noBytes) }),
  (random) => ({ code: 505, bytes: frame(3, 0, random.bytes(random.below(20))) }),
  // Methods that are none, or that cannot be read.
  (random) => ({ code: 501, bytes: frame(1, 1, ids(200 + random.below(50), random.below(300))) }),
  (random) => ({ code: 501, bytes: cutShort(random) }),
  (random) => ({ code: 501, bytes: notText(random) }),
  (random) => ({ code: 501, bytes: badTable(random) }),
  // Methods and content out of turn.
  () => ({ code: 504, bytes: methodFrame(1, 'channel.open', {}) }),
  (random) => ({ code: 504, bytes: methodFrame(2 + random.below(2000), 'queue.declare', {}) }),
  () => ({ code: 504, bytes: methodFrame(0, 'queue.declare', {}) }),
  () => ({ code: 503, bytes: methodFrame(1, 'basic.get-empty', {}) }),
  () => ({ code: 503, bytes: methodFrame(1, 'connection.open', { virtualHost: '/' }) }),
  (random) => ({ code: 505, bytes: header(random.below(90)) }),
  (random) => ({ code: 505, bytes: frame(3, 1 + random.below(9), random.bytes(random.below(50))) }),
  (random) => ({ code: 505, bytes: Buffer.concat([publish, header(9, 61 + random.below(99))]) }),
  (random) => ({ code: 505, bytes: Buffer.concat([publish, header(9, 60, 1 + random.below(9))]) }),
  (random) => ({ code: 505, bytes: Buffer.concat([publish, frame(3, 1, random.bytes(3))]) }),
  () => ({ code: 505, bytes: Buffer.concat([publish, publish]) }),
  () => ({ code: 505, bytes: Buffer.concat([publish, header(9), publish]) }),
  () => ({ code: 505, bytes: Buffer.concat([publish, header(9), header(9)]) }),
  (random) => ({
    code: 505,
    bytes: Buffer.concat([publish, header(2), frame(3, 1, random.bytes(3))]),
  }),
  (random) => ({ code: 501, bytes: Buffer.concat([publish, badProperties(random)]) }),
  // What the broker knows and does not do.
  () => ({ code: 540, bytes: methodFrame(1, 'basic.recover', {}) }),
  () => ({ code: 540, bytes: methodFrame(1, 'channel.flow', {}) }),
  (random) => ({
    code: 540,
    bytes: methodFrame(1, 'basic.qos', { prefetchSize: 1 + random.below(9) }),
  }),
  () => ({ code: 540, bytes: methodFrame(1, 'basic.publish', { immediate: true }) }),
  () => ({
    code: 503,
    bytes: methodFrame(1, 'exchange.declare', { exchange: 'x', type: 'made-up' }),
  }),
  () => ({
    code: 530,
    bytes: Buffer.concat([
      methodFrame(1, 'queue.declare', { queue: 'q-of-530', nowait: true }),
      methodFrame(1, 'basic.consume', { queue: 'q-of-530', consumerTag: 't', nowait: true }),
      methodFrame(1, 'basic.consume', { queue: 'q-of-530', consumerTag: 't', nowait: true }),
    ]),
  }),
];

/** Right behind channel.open, or behind frames that leave channel 1 as it was. */
export function malformedFrame(random: Random): MalformedFrame {
  return random.pick(kinds)(random);
}

const noBytes = Buffer.alloc(0);

function frame(type: number, channel: number, payload: Uint8Array, end = 0xce): Buffer {
  const head = Buffer.alloc(7);
  head.writeUInt8(type);
  head.writeUInt16BE(channel, 1);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([end])]);
}

function oversized(random: Random): Buffer {
  const head = Buffer.alloc(7);
  head.writeUInt8(1 + random.below(3));
  head.writeUInt16BE(1, 1);
  head.writeUInt32BE(131_073 + random.below(1_000_000), 3);
  return head;
}

function ids(classId: number, methodId: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt16BE(classId);
  payload.writeUInt16BE(methodId, 2);
  return payload;
}

/** Arguments that end too early. */
function cutShort(random: Random): Buffer {
  const whole = methodFrame(1, 'queue.bind', {
    queue: 'queue',
    exchange: 'exchange',
    routingKey: 'k',
  });
  const payload = whole.subarray(7, whole.length - 1);
  return frame(1, 1, payload.subarray(0, 4 + random.below(payload.length - 4)));
}

function notText(random: Random): Buffer {
  const bad = Buffer.from([0xc0 + random.below(2), 0x80]);
  return frame(
    1,
    1,
    Buffer.concat([ids(50, 30), Buffer.from([0, 0, bad.length]), bad, Buffer.from([0])]),
  );
}

function badTable(random: Random): Buffer {
  const letters = Buffer.from('acehjknopqrvwyzCEGHJKMNOPQRUWXYZ');
  const letter = letters[random.below(letters.length)] ?? 0;
  const table = Buffer.concat([Buffer.from([0, 0, 0, 7, 1, 107, letter]), random.bytes(4)]);
  return frame(1, 1, Buffer.concat([ids(50, 10), Buffer.from([0, 0, 1, 113, 0]), table]));
}

/** A content header of channel 1, without properties. */
function header(bodySize: number, classId = 60, weight = 0): Buffer {
  return frame(2, 1, headerPayload(bodySize, classId, weight, Buffer.from([0, 0])));
}

function headerPayload(size: number, classId: number, weight: number, rest: Uint8Array): Buffer {
  const fixed = Buffer.alloc(12);
  fixed.writeUInt16BE(classId);
  fixed.writeUInt16BE(weight, 2);
  fixed.writeUInt32BE(size, 8);
  return Buffer.concat([fixed, rest]);
}

/** A content type of which less is there than it says. */
function badProperties(random: Random): Buffer {
  const missing = Buffer.from([0x80, 0, 10 + random.below(200), ...random.bytes(random.below(9))]);
  return frame(2, 1, headerPayload(0, 60, 0, missing));
}
