/** Strings between JavaScript and the memory of a Lua 5.4 instance, with few copies and no leaks. */
import type { Lua54Instance } from './lua54-instance.ts';
import { decodeUtf8, encodeUtf8, encodeUtf8Into } from '../platform.ts';

const SCRATCH_BYTES = 64 * 1024;
/** Names, activation records and the like, in one piece: see `allocate`. */
const OWN_BYTES = 320 * 1024;
const ALIGNMENT = 8;
/** Names beyond this many are not kept: a policy may use header names as keys without end. */
const MAX_INTERNED_NAMES = 4096;
const NOT_ENOUGH_MEMORY = 'not enough memory';

interface CachedText {
  readonly bytes: Uint8Array;
  readonly text: string;
}

export class Lua54Memory {
  /** 16 bytes, 8-aligned, for out parameters. */
  readonly out: number;
  private readonly instance: Lua54Instance;
  private readonly scratch: number;
  private ownNext: number;
  private readonly ownEnd: number;
  private readonly names = new Map<string, number>();
  private readonly texts = new Map<number, CachedText>();

  constructor(instance: Lua54Instance) {
    this.instance = instance;
    this.ownNext = this.fromHeap(OWN_BYTES);
    this.ownEnd = this.ownNext + OWN_BYTES;
    this.out = this.allocate(16);
    this.scratch = this.allocate(SCRATCH_BYTES);
  }

  /**
   * Memory for the life of the instance. It comes from a piece of our own while that lasts, so that
   * what a debugger asks for does not move what Lua allocates: the order of `pairs` over tables and
   * functions depends on their addresses, and a run must repeat under a debugger.
   */
  allocate(size: number): number {
    const pointer = this.ownNext;
    const next = pointer + Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    if (next > this.ownEnd) return this.fromHeap(size);
    this.ownNext = next;
    return pointer;
  }

  private fromHeap(size: number): number {
    const pointer = this.instance.lua.malloc(size);
    if (pointer === 0) throw new Error(NOT_ENOUGH_MEMORY);
    return pointer;
  }

  /** Copies bytes in, lets `use` read them at an address, and frees them. `use` must not keep it. */
  withBytes<T>(bytes: Uint8Array, use: (pointer: number, size: number) => T): T {
    const size = bytes.length;
    if (size <= SCRATCH_BYTES) {
      this.instance.u8.set(bytes, this.scratch);
      return use(this.scratch, size);
    }
    return this.withOwnedBytes(bytes, use);
  }

  /** As withBytes, in memory of its own: for `use` that runs Lua, which may use the scratch memory. */
  withOwnedBytes<T>(bytes: Uint8Array, use: (pointer: number, size: number) => T): T {
    const pointer = this.fromHeap(bytes.length + 1);
    this.instance.u8.set(bytes, pointer);
    this.instance.u8[pointer + bytes.length] = 0;
    try {
      return use(pointer, bytes.length);
    } finally {
      this.instance.lua.free(pointer);
    }
  }

  /** As withBytes for UTF-8 text. */
  withText<T>(text: string, use: (pointer: number, size: number) => T): T {
    const { u8 } = this.instance;
    const { scratch } = this;
    const length = text.length;
    if (length * 3 > SCRATCH_BYTES) return this.withBytes(encodeUtf8(text), use);
    if (length <= 24) {
      let i = 0;
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit >= 0x80) break;
        u8[scratch + i] = unit;
      }
      if (i === length) return use(scratch, length);
    }
    return use(scratch, encodeUtf8Into(text, u8.subarray(scratch, scratch + SCRATCH_BYTES)));
  }

  /**
   * The address of a NUL-terminated copy of a name, kept for the life of the instance; undefined
   * for a name that C strings cannot hold or that comes after too many others.
   */
  internName(name: string): number | undefined {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    if (this.names.size >= MAX_INTERNED_NAMES || name.includes('\0')) return undefined;
    return this.permanentName(name);
  }

  /** As internName, for the names of the engine and of userdata types, which are few. */
  permanentName(name: string): number {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const bytes = encodeUtf8(name);
    const pointer = this.allocate(bytes.length + 1);
    this.instance.u8.set(bytes, pointer);
    this.instance.u8[pointer + bytes.length] = 0;
    this.names.set(name, pointer);
    return pointer;
  }

  readBytes(pointer: number, size: number): Uint8Array {
    return this.instance.u8.slice(pointer, pointer + size);
  }

  readText(pointer: number, size: number): string {
    return decodeUtf8(this.instance.u8.subarray(pointer, pointer + size));
  }

  /** Text of a NUL-terminated string. */
  readCText(pointer: number): string {
    const { u8 } = this.instance;
    return this.readText(pointer, u8.indexOf(0, pointer) - pointer);
  }

  /**
   * As readText for strings that are read again and again (chunk names in hooks). The bytes are
   * compared each time, because Lua may have freed the string and put another one there.
   */
  readCachedText(pointer: number, size: number): string {
    const { u8 } = this.instance;
    const cached = this.texts.get(pointer);
    if (cached?.bytes.length === size) {
      let i = 0;
      while (i < size && cached.bytes[i] === u8[pointer + i]) i++;
      if (i === size) return cached.text;
    }
    const bytes = this.readBytes(pointer, size);
    const text = decodeUtf8(bytes);
    if (this.texts.size >= MAX_INTERNED_NAMES) this.texts.clear();
    this.texts.set(pointer, { bytes, text });
    return text;
  }
}
