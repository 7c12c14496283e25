/** A file opened for reading, wholly in memory, with the reads of Lua's io library (Lua 5.4 liolib.c). */

export type ReadFormat =
  | { readonly kind: 'number' }
  | { readonly kind: 'line'; readonly keepEnd: boolean }
  | { readonly kind: 'all' }
  | { readonly kind: 'bytes'; readonly count: number };

/** What a read gives: bytes, the text of a numeral, or undefined for the end of the file. */
export type ReadResult = { readonly bytes: Uint8Array } | { readonly numeral: string } | undefined;

const LINE_FEED = 0x0a;
/** The longest numeral that Lua reads. */
const MAX_NUMERAL = 200;
const NUMERAL =
  /^[+-]?(?:0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;

export class InputFile {
  private readonly bytes: Uint8Array;
  private position = 0;
  isClosed = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  read(format: ReadFormat): ReadResult {
    switch (format.kind) {
      case 'number':
        return this.readNumeral();
      case 'line':
        return this.readLine(format.keepEnd);
      case 'all':
        return { bytes: this.take(this.bytes.length) };
      case 'bytes': {
        if (this.position >= this.bytes.length) return undefined;
        return { bytes: this.take(this.position + format.count) };
      }
    }
  }

  /** Returns the new position, or undefined when it would lie before the start. */
  seek(whence: 'set' | 'cur' | 'end', offset: number): number | undefined {
    const base = whence === 'set' ? 0 : whence === 'cur' ? this.position : this.bytes.length;
    if (base + offset < 0) return undefined;
    this.position = base + offset;
    return this.position;
  }

  private take(end: number): Uint8Array {
    const taken = this.bytes.subarray(this.position, end);
    this.position += taken.length;
    return taken;
  }

  private readLine(keepEnd: boolean): ReadResult {
    if (this.position >= this.bytes.length) return undefined;
    const lineEnd = this.bytes.indexOf(LINE_FEED, this.position);
    if (lineEnd < 0) return { bytes: this.take(this.bytes.length) };
    const line = this.take(lineEnd + 1);
    return { bytes: keepEnd ? line : line.subarray(0, line.length - 1) };
  }

  private readNumeral(): ReadResult {
    while (/\s/.test(String.fromCharCode(this.bytes[this.position] ?? 0))) this.position++;
    const ahead = String.fromCharCode(
      ...this.bytes.subarray(this.position, this.position + MAX_NUMERAL),
    );
    const numeral = NUMERAL.exec(ahead)?.[0];
    if (numeral === undefined) return undefined;
    this.position += numeral.length;
    return { numeral };
  }
}
