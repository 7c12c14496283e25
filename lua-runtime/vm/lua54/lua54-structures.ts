/**
 * Where things lie in Lua 5.4's structures when they are compiled for 32-bit WebAssembly: byte
 * offsets, flags and the few reads that the C API has no cheap function for (Lua 5.4 lstate.h,
 * lobject.h, ldo.c). lua54-layout-check.ts holds them against the engine.
 */
import type { Lua54Instance } from './lua54-instance.ts';
import { LuaType } from '../lua-vm.ts';

/** The views of an instance's memory, its own or those of another thread. */
export type MemoryWords = Pick<Lua54Instance, 'i32' | 'u8'>;

/** LUA_REGISTRYINDEX of Lua 5.4: -LUAI_MAXSTACK - 1000. */
export const REGISTRY_INDEX = -1_001_000;

/** lua_State. */
export const STATE = {
  /** LUA_EXTRASPACE lies before it. A new thread gets a copy of the main thread's. */
  extraSpace: -4,
  status: 6,
  top: 12,
  global: 16,
  call: 20,
  stack: 28,
  errorJump: 48,
  baseCall: 52,
  hook: 88,
  baseCount: 104,
  count: 108,
  mask: 112,
} as const;

/** global_State. */
export const GLOBAL = { currentWhite: 76, allObjects: 88 } as const;

/** Every collectable object. */
export const OBJECT = { next: 0, tag: 4, marked: 5 } as const;
const WHITE_BITS = 0x18;
const TYPE_BITS = 0x0f;

/** CallInfo. Of a host function something else lies at `savedInstruction` and `trap`. */
export const CALL = {
  function: 0,
  previous: 8,
  savedInstruction: 16,
  trap: 20,
  status: 34,
} as const;
export const CALL_IS_HOST = 2;

/** TValue, and a slot of the stack. */
export const VALUE = { content: 0, tag: 8, sizeBytes: 16 } as const;

/** Table, and a Node of its hash part. */
export const TABLE = { flags: 6, nodesLog2: 7, arrayLimit: 8, array: 12, nodes: 16 } as const;
/** In the flags: the limit is a hint, the array's size is the next power of two. */
export const TABLE_LIMIT_IS_HINT = 0x80;
export const NODE = { keyTag: 9, key: 16, sizeBytes: 24 } as const;
/** The tags of values without a variant of their own in `LuaType`, without the bit for collectable. */
export const TAG = {
  false: 0x01,
  true: 0x11,
  integer: 0x03,
  shortString: 0x04,
  longString: 0x14,
  table: 0x05,
} as const;

/** LClosure, UpVal, Proto, TString. */
export const CLOSURE = { prototype: 12, upvalues: 16 } as const;
export const UPVALUE = { target: 8 } as const;
export const PROTOTYPE = {
  parameterCount: 6,
  isVararg: 7,
  codeSize: 20,
  lineInfoSize: 24,
  nestedSize: 28,
  lineDefined: 40,
  lastLineDefined: 44,
  code: 52,
  nested: 56,
  lineInfo: 64,
  absoluteLineInfo: 68,
  source: 76,
} as const;
export const STRING = { shortLength: 7, longLength: 12, text: 16, shortTag: 4 } as const;
export const TAG_VARIANT_BITS = 0x3f;

/** lua_Debug's private part: the CallInfo. */
export const ACTIVATION_CALL = 104;

/** lua_longjmp: the status that is on its way. */
export const LONG_JUMP = { status: 160 } as const;

/** The CallInfo of an activation (`lua_Debug*`). */
export function callOf(instance: Lua54Instance, activation: number): number {
  return instance.i32[(activation + ACTIVATION_CALL) >> 2] as number;
}

/** The Proto of a CallInfo, or 0 for a host function. */
export function prototypeOfCall({ i32, u8 }: Lua54Instance, call: number): number {
  if (((u8[call + CALL.status] as number) & CALL_IS_HOST) !== 0) return 0;
  const slot = i32[(call + CALL.function) >> 2] as number;
  const closure = i32[(slot + VALUE.content) >> 2] as number;
  return i32[(closure + CLOSURE.prototype) >> 2] as number;
}

/** How many functions are on the stack of a thread. */
export function callDepth({ i32 }: Lua54Instance, L: number): number {
  const base = L + STATE.baseCall;
  let depth = 0;
  for (let call = i32[(L + STATE.call) >> 2] as number; call !== base; depth++) {
    call = i32[(call + CALL.previous) >> 2] as number;
  }
  return depth;
}

/** Every thread besides the main one that is not garbage already (lgc.h isdead). */
export function threadsOf({ i32, u8 }: Lua54Instance, L: number): number[] {
  const global = i32[(L + STATE.global) >> 2] as number;
  const otherWhite = (u8[global + GLOBAL.currentWhite] as number) ^ WHITE_BITS;
  const threads: number[] = [];
  let object = i32[(global + GLOBAL.allObjects) >> 2] as number;
  while (object !== 0) {
    const isThread = ((u8[object + OBJECT.tag] as number) & TYPE_BITS) === LuaType.thread;
    const isDead = ((u8[object + OBJECT.marked] as number) & otherWhite & WHITE_BITS) !== 0;
    if (isThread && !isDead && object !== L) threads.push(object);
    object = i32[(object + OBJECT.next) >> 2] as number;
  }
  return threads;
}

/** How many slots the array part of a table has (ltable.c luaH_realasize). */
export function arraySize({ i32, u8 }: Lua54Instance, table: number): number {
  const limit = i32[(table + TABLE.arrayLimit) >> 2] as number;
  const isHint = ((u8[table + TABLE.flags] as number) & TABLE_LIMIT_IS_HINT) !== 0;
  return isHint && limit > 1 ? 2 ** (32 - Math.clz32(limit - 1)) : limit;
}

/** Address and length of a string's bytes. */
export function stringBytes(
  { i32, u8 }: MemoryWords,
  string: number,
): { readonly pointer: number; readonly size: number } {
  const isShort = ((u8[string + OBJECT.tag] as number) & TAG_VARIANT_BITS) === STRING.shortTag;
  return {
    pointer: string + STRING.text,
    size: isShort
      ? (u8[string + STRING.shortLength] as number)
      : (i32[(string + STRING.longLength) >> 2] as number),
  };
}
