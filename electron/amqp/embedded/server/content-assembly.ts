import { AmqpError } from '../wire/amqp-error.ts';
import { ByteReader, MalformedBytes } from '../wire/byte-reader.ts';
import type { MethodArguments } from '../wire/method-codec.ts';

const basicClass = 60;

/** Class, weight, body size: what stands before the properties in a content header. */
const headerBytes = 12;

export interface PublishedContent {
  readonly publish: MethodArguments<'basic.publish'>;
  readonly encodedProperties: Buffer;
  readonly body: Buffer;
}

/** Up to here the memory for a body is taken at once; beyond, as it comes in. */
const promptBytes = 1024 * 1024;

/**
 * Gathers a publish: the method, its content header, then body frames until the size is reached
 * (AMQP 0-9-1 section 4.2.6). What comes out shares no memory with what was received, and a body
 * takes no more than twice what has come of it.
 */
export class ContentAssembly {
  readonly #publish: MethodArguments<'basic.publish'>;
  readonly #maxBodyBytes: number;
  #encodedProperties: Buffer | undefined;
  #bodyBytes = 0;
  #received = 0;
  #body = Buffer.alloc(0);

  constructor(publish: MethodArguments<'basic.publish'>, maxBodyBytes: number) {
    this.#publish = publish;
    this.#maxBodyBytes = maxBodyBytes;
  }

  /**
   * Returns the content when it has no body. Throws `AmqpError` 505 for a header out of place, 406
   * for a body above the limit.
   */
  header(payload: Buffer): PublishedContent | undefined {
    if (this.#encodedProperties !== undefined) throw this.unexpected();
    const { classId, weight, bodyBytes } = readHeader(payload);
    if (weight !== 0) throw this.unexpected();
    if (classId !== basicClass) {
      throw new AmqpError(
        505,
        `expected content header for class ${basicClass}, got one for class ${classId} instead`,
      );
    }
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
    const received = this.#received + payload.length;
    if (received > this.#bodyBytes) {
      throw new AmqpError(
        505,
        `content body of ${received} octets where its header announced ${this.#bodyBytes}`,
      );
    }
    this.#makeRoom(received);
    payload.copy(this.#body, this.#received);
    this.#received = received;
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

  #makeRoom(bytes: number): void {
    if (bytes <= this.#body.length) return;
    const wanted = Math.max(bytes, this.#body.length * 2, promptBytes);
    // Not from the pool, which a small body would keep from being given back as a whole.
    const larger = Buffer.allocUnsafeSlow(Math.min(wanted, this.#bodyBytes));
    this.#body.copy(larger, 0, 0, this.#received);
    this.#body = larger;
  }

  #complete(encodedProperties: Buffer): PublishedContent | undefined {
    if (this.#received < this.#bodyBytes) return undefined;
    return { publish: this.#publish, encodedProperties, body: this.#body };
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
