/** Writes AMQP's primitive types one after the other into a buffer that grows as needed. */
export class ByteWriter {
  #buffer: Buffer;
  #length = 0;

  constructor(expectedBytes = 64) {
    this.#buffer = Buffer.allocUnsafe(expectedBytes);
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes written so far; they share memory with the writer. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  octet(value: number): void {
    const at = this.#reserve(1);
    this.#buffer.writeUInt8(value, at);
  }

  short(value: number): void {
    const at = this.#reserve(2);
    this.#buffer.writeUInt16BE(value, at);
  }

  long(value: number): void {
    const at = this.#reserve(4);
    this.#buffer.writeUInt32BE(value, at);
  }

  longlong(value: bigint): void {
    const at = this.#reserve(8);
    this.#buffer.writeBigUInt64BE(value, at);
  }

  /** A `longlong` that is known to be a safe integer: sizes and delivery tags. */
  counter(value: number): void {
    this.long(Math.floor(value / 0x1_0000_0000));
    this.long(value % 0x1_0000_0000);
  }

  signedOctet(value: number): void {
    const at = this.#reserve(1);
    this.#buffer.writeInt8(value, at);
  }

  signedShort(value: number): void {
    const at = this.#reserve(2);
    this.#buffer.writeInt16BE(value, at);
  }

  signedLong(value: number): void {
    const at = this.#reserve(4);
    this.#buffer.writeInt32BE(value, at);
  }

  signedLonglong(value: bigint): void {
    const at = this.#reserve(8);
    this.#buffer.writeBigInt64BE(value, at);
  }

  float(value: number): void {
    const at = this.#reserve(4);
    this.#buffer.writeFloatBE(value, at);
  }

  double(value: number): void {
    const at = this.#reserve(8);
    this.#buffer.writeDoubleBE(value, at);
  }

  /** Throws `RangeError` when the text needs more than 255 bytes of UTF-8. */
  shortString(text: string): void {
    const size = Buffer.byteLength(text);
    if (size > 255)
      throw new RangeError(`a short string holds 255 bytes at most, this one has ${size}`);
    this.octet(size);
    const at = this.#reserve(size);
    this.#buffer.write(text, at);
  }

  longString(bytes: Uint8Array): void {
    this.long(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#buffer.set(bytes, at);
  }

  /** Reserves a `long` now and returns the function that writes into it how many bytes followed. */
  sizePrefix(): () => void {
    const at = this.#reserve(4);
    return () => {
      this.#buffer.writeUInt32BE(this.#length - at - 4, at);
    };
  }

  /** Call it before touching the buffer, which it may replace. */
  #reserve(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, at);
      this.#buffer = larger;
    }
    return at;
  }
}
