/**
 * The little that lua-runtime needs from its JavaScript platform beyond ECMAScript. It is compiled
 * without Node's and the browser's types, so the shapes are declared here, once.
 */

interface Utf8Encoder {
  encode(text: string): Uint8Array;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}
interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}

export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}
export interface WasmTable {
  readonly length: number;
  get(index: number): unknown;
  set(index: number, fn: unknown): void;
  grow(by: number): number;
}
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}
export interface WasmImportDescriptor {
  readonly module: string;
  readonly name: string;
}
export type WasmImports = Record<string, Record<string, unknown>>;

declare const wasmModule: unique symbol;
/** A `WebAssembly.Module`: can be posted to other threads. */
export interface WasmModule {
  readonly [wasmModule]: true;
}

interface Platform {
  readonly TextEncoder: new () => Utf8Encoder;
  readonly TextDecoder: new (
    label: string,
    options: { ignoreBOM?: boolean; fatal?: boolean },
  ) => Utf8Decoder;
  readonly WebAssembly: {
    readonly Module: {
      new (bytes: Uint8Array): WasmModule;
      imports(module: WasmModule): readonly WasmImportDescriptor[];
    };
    readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance;
  };
}

const platform = globalThis as unknown as Platform;

export const WebAssembly = platform.WebAssembly;

const utf8Encoder = new platform.TextEncoder();
const utf8Decoder = new platform.TextDecoder('utf-8', { ignoreBOM: true });
const strictUtf8Decoder = new platform.TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** UTF-8 bytes of `text`; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return utf8Encoder.encode(text);
}

/** Writes the UTF-8 bytes of `text` at the start of `target` and returns how many were written. */
export function encodeUtf8Into(text: string, target: Uint8Array): number {
  return utf8Encoder.encodeInto(text, target).written;
}

/** Text of UTF-8 bytes, with U+FFFD for what is not UTF-8. A byte order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string {
  const length = bytes.length;
  // Short ASCII is the common case (names, header values), where a call into the decoder costs most.
  if (length <= 24) {
    let text = '';
    for (let i = 0; i < length; i++) {
      const byte = bytes[i] as number;
      if (byte >= 0x80) return utf8Decoder.decode(bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return utf8Decoder.decode(bytes);
}

/** Text of UTF-8 bytes, or undefined when they are not valid UTF-8. */
export function decodeUtf8Strictly(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8Decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
