/** The bytes ended early or cannot mean what they should. The connection layer makes it a 501. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes';
}

/** Reads AMQP's primitive types one after the other. Every method throws `MalformedBytes`. */
export class ByteReader {
  readonly #buffer: Buffer;
  #offset: number;
  readonly #end: number;

  constructor(buffer: Buffer, offset = 0, end = buffer.length) {
    this.#buffer = buffer;
    this.#offset = offset;
    this.#end = end;
  }

  get remaining(): number {
    return this.#end - this.#offset;
  }

  octet(): number {
    return this.#buffer.readUInt8(this.#take(1));
  }

  short(): number {
    return this.#buffer.readUInt16BE(this.#take(2));
  }

  long(): number {
    return this.#buffer.readUInt32BE(this.#take(4));
  }

  longlong(): bigint {
    return this.#buffer.readBigUInt64BE(this.#take(8));
  }

  /** A `longlong` as a number; beyond 2^53 it is rounded, which no size or delivery tag reaches. */
  counter(): number {
    return this.long() * 0x1_0000_0000 + this.long();
  }

  signedOctet(): number {
    return this.#buffer.readInt8(this.#take(1));
  }

  signedShort(): number {
    return this.#buffer.readInt16BE(this.#take(2));
  }

  signedLong(): number {
    return this.#buffer.readInt32BE(this.#take(4));
  }

  signedLonglong(): bigint {
    return this.#buffer.readBigInt64BE(this.#take(8));
  }

  float(): number {
    return this.#buffer.readFloatBE(this.#take(4));
  }

  double(): number {
    return this.#buffer.readDoubleBE(this.#take(8));
  }

  shortString(): string {
    const size = this.octet();
    const at = this.#take(size);
    const text = this.#buffer.toString('utf8', at, at + size);
    // Short strings are UTF-8 (section 4.2.5.3). What is not could not be sent on as it came.
    if (text.includes('\uFFFD') && Buffer.byteLength(text) !== size) {
      throw new MalformedBytes('a short string is not UTF-8');
    }
    return text;
  }

  /** Shares memory with what is being read. */
  longString(): Buffer {
    return this.raw(this.long());
  }

  raw(size: number): Buffer {
    const at = this.#take(size);
    return this.#buffer.subarray(at, at + size);
  }

  /** A reader of the next `long`-prefixed block, which this reader then stands behind. */
  sized(): ByteReader {
    const size = this.long();
    const at = this.#take(size);
    return new ByteReader(this.#buffer, at, at + size);
  }

  #take(size: number): number {
    const at = this.#offset;
    if (at + size > this.#end) {
      throw new MalformedBytes(`${size} bytes expected where ${this.#end - at} are left`);
    }
    this.#offset = at + size;
    return at;
  }
}
