import { AmqpError } from '../wire/amqp-error.ts';
import { ByteReader, MalformedBytes } from '../wire/byte-reader.ts';
import { describedPayload } from '../wire/described-payload.ts';
import type { MethodArguments } from '../wire/method-codec.ts';

const basicClass = 60;

/** Class, weight, body size: what stands before the properties in a content header. */
const headerBytes = 12;

export interface PublishedContent {
  readonly publish: MethodArguments<'basic.publish'>;
  readonly encodedProperties: Buffer;
  readonly body: Buffer;
}

/**
 * Gathers a publish: the method, its content header, then body frames until the size is reached
 * (AMQP 0-9-1 section 4.2.6). What comes out shares no memory with what was received.
 */
export class ContentAssembly {
  readonly #publish: MethodArguments<'basic.publish'>;
  readonly #maxBodyBytes: number;
  #encodedProperties: Buffer | undefined;
  #bodyBytes = 0;
  #received = 0;
  readonly #pieces: Buffer[] = [];

  constructor(publish: MethodArguments<'basic.publish'>, maxBodyBytes: number) {
    this.#publish = publish;
    this.#maxBodyBytes = maxBodyBytes;
  }

  /**
   * Returns the content when it has no body. Throws `AmqpError` 505 for a header out of place, 501
   * for one that cannot be read, 406 for a body above the limit.
   */
  header(payload: Buffer): PublishedContent | undefined {
    if (this.#encodedProperties !== undefined) throw this.unexpected();
    if (payload.length < headerBytes + 2) {
      throw new AmqpError(501, `type 2, ${describedPayload(payload)}: unknown_frame`);
    }
    const { classId, weight, bodyBytes } = readHeader(payload);
    if (classId !== basicClass) {
      throw new AmqpError(
        505,
        `expected content header for class ${basicClass}, got one for class ${classId} instead`,
      );
    }
    if (weight !== 0) throw this.unexpected();
    if (bodyBytes > this.#maxBodyBytes) {
      throw new AmqpError(
        406,
        `message size ${bodyBytes} is larger than configured max size ${this.#maxBodyBytes}`,
      );
    }
    this.#encodedProperties = payload.subarray(headerBytes);
    this.#bodyBytes = bodyBytes;
    return this.#complete(this.#encodedProperties);
  }

  /** Returns the content when this was the last of its body. Throws `AmqpError` 505. */
  body(payload: Buffer): PublishedContent | undefined {
    if (this.#encodedProperties === undefined) throw this.unexpected();
    this.#received += payload.length;
    if (this.#received > this.#bodyBytes) {
      throw new AmqpError(
        505,
        `content body of ${this.#received} octets where its header announced ${this.#bodyBytes}`,
      );
    }
    this.#pieces.push(payload);
    return this.#complete(this.#encodedProperties);
  }

  /** The error for any frame that is not the one due. */
  unexpected(): AmqpError {
    return new AmqpError(
      505,
      this.#encodedProperties === undefined
        ? `expected content header for class ${basicClass}, got non content header frame instead`
        : 'expected content body, got non content body frame instead',
    );
  }

  #complete(encodedProperties: Buffer): PublishedContent | undefined {
    if (this.#received < this.#bodyBytes) return undefined;
    // A copy: a piece of a received chunk would keep the whole chunk in memory. Not from Node's pool
    // either, where a queued message of a few bytes would keep what others put beside it.
    const start = encodedProperties.length;
    const copy = Buffer.allocUnsafeSlow(start + this.#bodyBytes);
    encodedProperties.copy(copy);
    let end = start;
    for (const piece of this.#pieces) end += piece.copy(copy, end);
    const body = copy.subarray(start);
    return { publish: this.#publish, encodedProperties: copy.subarray(0, start), body };
  }
}

function readHeader(payload: Buffer): { classId: number; weight: number; bodyBytes: number } {
  const reader = new ByteReader(payload);
  return { classId: reader.short(), weight: reader.short(), bodyBytes: reader.counter() };
}

/** Turns what a decoder throws into the connection error for it. */
export function decodingFailed(error: unknown, what: string): unknown {
  return error instanceof MalformedBytes
    ? new AmqpError(501, `cannot decode ${what}: ${error.message}`)
    : error;
}
