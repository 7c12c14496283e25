import { AmqpError } from './amqp-error.ts';
import { describedPayload } from './described-payload.ts';

export const frameType = { method: 1, header: 2, body: 3, heartbeat: 8 } as const;

/** The octet every frame ends with. */
export const frameEnd = 0xce;

/** Type, channel and size before the payload, the end octet behind it. */
export const frameOverhead = 8;

const headerBytes = 7;

export interface Frame {
  readonly type: number;
  readonly channel: number;
  /** Shares memory with what was received. */
  readonly payload: Buffer;
}

/** Cuts a byte stream into frames (AMQP 0-9-1 section 4.2.3), in whatever pieces it arrives. */
export class FrameParser {
  /** The largest whole frame accepted, in bytes; changes once with the tuning. */
  maxFrameBytes: number;
  #chunks: Buffer[] = [];
  #available = 0;

  constructor(maxFrameBytes: number) {
    this.maxFrameBytes = maxFrameBytes;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#available += chunk.length;
  }

  /** The next `size` bytes when all of them are there: for the protocol header before any frame. */
  take(size: number): Buffer | undefined {
    if (this.#available < size) return undefined;
    const first = this.#joined(size);
    this.#advance(first, size);
    return first.subarray(0, size);
  }

  /**
   * The next frame, or undefined until more bytes come. Throws `AmqpError` 501 for a frame that is
   * too large (before waiting for its payload) or does not end as frames end.
   */
  next(): Frame | undefined {
    if (this.#available < headerBytes) return undefined;
    let first = this.#joined(headerBytes);
    const type = first.readUInt8(0);
    const channel = first.readUInt16BE(1);
    const size = first.readUInt32BE(3);
    // As RabbitMQ: some clients take the limit for that of the payload.
    if (size > this.maxFrameBytes) {
      throw new AmqpError(
        501,
        `type ${type}, all octets = <<>>: ` +
          `{frame_too_large,${size},${this.maxFrameBytes - frameOverhead}}`,
      );
    }
    const whole = size + frameOverhead;
    if (this.#available < whole) return undefined;
    first = this.#joined(whole);
    const payload = first.subarray(headerBytes, headerBytes + size);
    const end = first.readUInt8(headerBytes + size);
    if (end !== frameEnd) {
      throw new AmqpError(
        501,
        `type ${type}, ${describedPayload(payload)}: {invalid_frame_end_marker,${end}}`,
      );
    }
    this.#advance(first, whole);
    return { type, channel, payload };
  }

  /** The first chunk, made to hold at least `size` bytes. Chunks are joined once a frame at most. */
  #joined(size: number): Buffer {
    const first = this.#chunks[0] ?? Buffer.alloc(0);
    if (first.length >= size) return first;
    const all = Buffer.concat(this.#chunks, this.#available);
    this.#chunks = [all];
    return all;
  }

  #advance(first: Buffer, size: number): void {
    this.#available -= size;
    if (first.length === size) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(size);
  }
}
