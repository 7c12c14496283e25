/** Decodes what passes on one AMQP connection, both ways, in order. */
import { FrameParser, frameOverhead } from '../embedded/wire/frame-parser.ts';
import type { Method } from '../embedded/wire/method-codec.ts';
import { decodeFrame } from './decode-frame.ts';
import type { WireFrame } from './wire-frame.ts';

type Direction = WireFrame['direction'];

/** The field of a `basic.publish` on a confirm channel that is counted, not sent. */
export const COUNTED_TAG = 'counted-delivery-tag';

/** Until both sides have agreed on more; RabbitMQ and amqplib propose as much. */
const FIRST_FRAME_BYTES = 131_072;
/** Where they agreed on no limit. A larger frame is waited for by nobody. */
const LARGEST_FRAME_BYTES = 128 * 1024 * 1024;
/** `AMQP`, the protocol's id, and its version (AMQP 0-9-1 section 4.2.2). */
const PROTOCOL_HEADER_BYTES = 8;

/** One direction's bytes. */
interface Flow {
  readonly parser: FrameParser;
  begun: boolean;
  isHeader: boolean;
  broken: boolean;
}

export class ConnectionTrace {
  /** From 1, in the order of dialling. */
  readonly id: number;
  readonly #onFrame: (frame: WireFrame) => void;
  readonly #flows: { readonly [D in Direction]: Flow } = { sent: newFlow(), received: newFlow() };
  /** Delivery tags so far, by the channels that asked for confirms. */
  readonly #confirmed = new Map<number, number>();
  #count = 0;

  /** `onFrame` must not throw: it is called in the midst of the connection's own work. */
  constructor(id: number, onFrame: (frame: WireFrame) => void) {
    this.id = id;
    this.#onFrame = onFrame;
  }

  /** Bytes that passed. They are not kept. */
  passed(direction: Direction, bytes: Uint8Array): void {
    const flow = this.#flows[direction];
    if (flow.broken || bytes.length === 0) return;
    if (!flow.begun) {
      flow.begun = true;
      flow.isHeader = bytes[0] === 0x41;
    }
    flow.parser.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    try {
      this.#readFrames(direction, flow);
    } catch (error) {
      // Behind such bytes no frame can be found again.
      flow.broken = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#add(direction, {
        kind: 'malformed',
        channel: 0,
        name: 'no AMQP frame',
        size: bytes.length,
        fields: [['reason', `${reason}; what follows is not decoded`]],
      });
    }
  }

  /** What became of the connection below AMQP: `socket connected`, `socket ended`. */
  note(direction: Direction, what: string, fields: WireFrame['fields'] = []): void {
    this.#add(direction, { kind: 'socket', channel: 0, name: what, size: 0, fields });
  }

  #readFrames(direction: Direction, flow: Flow): void {
    if (flow.isHeader) {
      const header = flow.parser.take(PROTOCOL_HEADER_BYTES);
      if (header === undefined) return;
      flow.isHeader = false;
      this.#add(direction, {
        kind: 'protocol-header',
        channel: 0,
        name: 'protocol header',
        size: header.length,
        fields: [['protocol', `AMQP ${[...header.subarray(5)].join('-')}`]],
      });
    }
    for (let frame = flow.parser.next(); frame !== undefined; frame = flow.parser.next()) {
      const { method, ...decoded } = decodeFrame(frame);
      const size = frame.payload.length + frameOverhead;
      const fields = [...decoded.fields, ...this.#countedTag(direction, frame.channel, method)];
      this.#add(direction, { ...decoded, fields, channel: frame.channel, size });
      if (method?.name === 'connection.tune-ok') this.#tuned(method.args.frameMax);
    }
  }

  /** The delivery tag that a confirm will name is in no frame of the publish: both sides count. */
  #countedTag(
    direction: Direction,
    channel: number,
    method: Method | undefined,
  ): WireFrame['fields'] {
    if (direction === 'received' || method === undefined) return [];
    if (method.name === 'confirm.select') this.#confirmed.set(channel, 0);
    if (method.name === 'channel.open') this.#confirmed.delete(channel);
    const before = this.#confirmed.get(channel);
    if (method.name !== 'basic.publish' || before === undefined) return [];
    this.#confirmed.set(channel, before + 1);
    return [[COUNTED_TAG, String(before + 1)]];
  }

  #tuned(frameMax: number): void {
    const limit = frameMax === 0 ? LARGEST_FRAME_BYTES : Math.max(frameMax, FIRST_FRAME_BYTES);
    this.#flows.sent.parser.maxFrameBytes = limit;
    this.#flows.received.parser.maxFrameBytes = limit;
  }

  #add(direction: Direction, frame: Omit<WireFrame, 'number' | 'at' | 'direction'>): void {
    this.#count += 1;
    const at = performance.timeOrigin + performance.now();
    this.#onFrame({ number: this.#count, at, direction, ...frame });
  }
}

function newFlow(): Flow {
  return {
    parser: new FrameParser(FIRST_FRAME_BYTES),
    begun: false,
    isHeader: false,
    broken: false,
  };
}
