/**
 * A small WebAssembly module that stands between JavaScript and Lua's WebAssembly module. It does
 * what plain JavaScript cannot do cheaply: put host functions into Lua's function table, pass
 * 64-bit integers without a BigInt for each one, and decide at each line whether a debugger's hook
 * has anything to do there.
 */
import { LUA_DEBUG } from './lua54-activation.ts';
import { REGISTRY_INDEX } from './lua54-structures.ts';
import { WebAssembly } from '../platform.ts';
import type { WasmInstance, WasmMemory, WasmModule, WasmTable } from '../platform.ts';

/** What the bridge needs: six host functions, and functions of Lua. */
export interface BridgeImports {
  readonly memory: WasmMemory;
  /** Lua's table of functions. */
  readonly table: WasmTable;
  /** Address of the block that `engine` works on, laid out as `ENGINE_CALL` says. */
  readonly engineBlock: number;
  /** Address of the block that `trace` works on, laid out as `TRACE` says. */
  readonly traceBlock: number;
  readonly call: (L: number) => number;
  readonly hook: (L: number, activation: number) => void;
  readonly release: (L: number) => number;
  readonly panic: (L: number) => number;
  /** What `trace` calls where it finds that something is to be done. */
  readonly traced: (L: number, activation: number) => void;
  /** What `engine` calls, where it is to, before the function of the engine. */
  readonly entersEngine: (L: number) => void;
  readonly lua_touserdata: unknown;
  readonly lua_pushinteger: unknown;
  readonly lua_tointegerx: unknown;
  readonly lua_rawgeti: unknown;
  readonly lua_rawseti: unknown;
}

export interface BridgeExports {
  /** The host functions as WebAssembly functions, which is what a function table accepts. */
  readonly call: unknown;
  readonly hook: unknown;
  readonly release: unknown;
  readonly panic: unknown;
  /** A hook: see `traceBody`. */
  readonly trace: unknown;
  /** A lua_CFunction: see `engineBody`. */
  readonly engine: unknown;
  pushInt32(L: number, value: number): void;
  /** Stores the int64 at `out` and whether there is one at `out + 8`; returns the latter. */
  toInteger(L: number, index: number, out: number): number;
  rawGetInt32(L: number, index: number, n: number): number;
  rawSetInt32(L: number, index: number, n: number): void;
}

/** How many bits there are for line numbers, which wrap around. */
export const TRACE_LINE_BITS = 0x10000;
/** Byte offsets in the block of `trace`; it is aligned to 8. */
export const TRACE = {
  /** i64: line events so far. */
  ticks: 0,
  /** i64: `traced` is called for every line from this tick on. */
  callFrom: 8,
  /** i32: the thread of the line before. */
  thread: 16,
  lineBits: 24,
  sizeBytes: 24 + (TRACE_LINE_BITS >> 3),
} as const;
/** Byte offsets in the block of `engine`; it is aligned to 4. */
export const ENGINE_CALL = {
  /** i32: the thread that called last. */
  thread: 0,
  /** i32: whether `entersEngine` is called. */
  told: 4,
  sizeBytes: 8,
} as const;

// WebAssembly binary format 1, https://webassembly.github.io/spec/core/binary/
const I32 = 0x7f;
const I64 = 0x7e;
const LOCAL_GET = 0x20;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const IF = 0x04;
const RETURN = 0x0f;
const END = 0x0b;
const NO_RESULT = 0x40;
const FUNCTION_REFERENCE = 0x70;
const I32_CONST = 0x41;
const I64_CONST = 0x42;
const I32_LOAD = [0x28, 2];
const I64_LOAD = [0x29, 3];
const I32_LOAD8_U = [0x2d, 0];
const I32_STORE = [0x36, 2];
const I64_STORE = [0x37, 3];
const I32_EQZ = 0x45;
const I32_EQ = 0x46;
const I64_LT_S = 0x53;
const I32_ADD = 0x6a;
const I32_AND = 0x71;
const I32_SHR_U = 0x76;
const I64_ADD = 0x7c;
/** A shared memory of at least 0 and at most 32768 pages, as Lua's module exports it. */
const SHARED_MEMORY_LIMITS = [3, 0, 0x80, 0x80, 2];
const EXTEND_I32_S = 0xac;

/** Function types by index: parameters, results. */
const TYPES: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[I32], [I32]],
  [[I32, I32], []],
  [[I32, I64], []],
  [[I32, I32, I32], [I64]],
  [[I32, I32, I64], [I32]],
  [[I32, I32, I64], []],
  [[I32, I32, I32], [I32]],
  [[I32, I32, I32], []],
  [[I32], []],
  [[I32, I32], [I32]],
];

const IMPORTED_FUNCTIONS: readonly (readonly [name: string, type: number])[] = [
  ['call', 0],
  ['hook', 1],
  ['release', 0],
  ['panic', 0],
  ['traced', 1],
  ['lua_pushinteger', 2],
  ['lua_tointegerx', 3],
  ['lua_rawgeti', 4],
  ['lua_rawseti', 5],
  ['entersEngine', 8],
  ['lua_touserdata', 9],
];

const withInt32As64 = (target: number): number[] => [
  ...[LOCAL_GET, 0, LOCAL_GET, 1, LOCAL_GET, 2, EXTEND_I32_S],
  ...[CALL, target],
];

const LINE_EVENT = 2;
const BLOCK = [GLOBAL_GET, 0];
const L = [LOCAL_GET, 0];
const ACTIVATION = [LOCAL_GET, 1];
const [TICK, LINE] = [2, 3];

/**
 * `trace(L, activation)`, a lua_Hook: counts a line event, and returns without calling JavaScript
 * when the tick is before `callFrom`, the thread is the one of the line before, and the bit of the
 * line is not set.
 */
const traceBody: readonly number[] = [
  ...[...ACTIVATION, ...I32_LOAD, LUA_DEBUG.event, I32_CONST, LINE_EVENT, I32_EQ, IF, NO_RESULT],
  ...[...BLOCK, ...BLOCK, ...I64_LOAD, TRACE.ticks, I64_CONST, 1, I64_ADD, LOCAL_TEE, TICK],
  ...[...I64_STORE, TRACE.ticks],
  ...[LOCAL_GET, TICK, ...BLOCK, ...I64_LOAD, TRACE.callFrom, I64_LT_S],
  ...[...BLOCK, ...I32_LOAD, TRACE.thread, ...L, I32_EQ, I32_AND, IF, NO_RESULT],
  // The byte of the line's bit …
  ...[...ACTIVATION, ...I32_LOAD, LUA_DEBUG.currentLine, LOCAL_TEE, LINE],
  ...[I32_CONST, ...signed(TRACE_LINE_BITS - 1), I32_AND, I32_CONST, 3, I32_SHR_U],
  ...[...BLOCK, I32_ADD, ...I32_LOAD8_U, TRACE.lineBits],
  // … and the bit in it.
  ...[LOCAL_GET, LINE, I32_CONST, 7, I32_AND, I32_SHR_U, I32_CONST, 1, I32_AND],
  ...[I32_EQZ, IF, NO_RESULT, RETURN, END],
  ...[END, END],
  ...[...L, ...ACTIVATION, CALL, 4],
];

const ENGINE_BLOCK = [GLOBAL_GET, 1];

/**
 * `engine(L)`, a lua_CFunction that stands before a function of the engine: notes the thread, tells
 * JavaScript where it is to, and does what the function does whose number is its first upvalue.
 */
const engineBody: readonly number[] = [
  ...[...ENGINE_BLOCK, ...L, ...I32_STORE, ENGINE_CALL.thread],
  ...[...ENGINE_BLOCK, ...I32_LOAD, ENGINE_CALL.told, IF, NO_RESULT, ...L, CALL, 9, END],
  ...[...L, ...L, I32_CONST, ...signed(REGISTRY_INDEX - 1), CALL, 10, CALL_INDIRECT, 0, 0],
];

interface OwnFunction {
  readonly name: string;
  readonly type: number;
  /** Of the locals beyond the parameters. */
  readonly locals?: readonly number[];
  readonly body: readonly number[];
}

const OWN_FUNCTIONS: readonly OwnFunction[] = [
  {
    name: 'pushInt32',
    type: 1,
    body: [LOCAL_GET, 0, LOCAL_GET, 1, EXTEND_I32_S, CALL, 5],
  },
  {
    name: 'toInteger',
    type: 6,
    body: [
      // i64.store(out, lua_tointegerx(L, index, out + 8)); return i32.load(out + 8)
      ...[LOCAL_GET, 2, LOCAL_GET, 0, LOCAL_GET, 1, LOCAL_GET, 2, I32_CONST, 8, I32_ADD, CALL, 6],
      ...[...I64_STORE, 0, LOCAL_GET, 2, ...I32_LOAD, 8],
    ],
  },
  { name: 'rawGetInt32', type: 6, body: withInt32As64(7) },
  { name: 'rawSetInt32', type: 7, body: withInt32As64(8) },
  { name: 'trace', type: 1, locals: [I64, I32], body: traceBody },
  { name: 'engine', type: 0, body: engineBody },
];

/** Sizes are LEB128; none here takes more than two bytes. */
function size(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, n >> 7];
}

/** A constant as signed LEB128. */
function signed(n: number): number[] {
  return n >= -64 && n < 64 ? [n & 127] : [(n & 127) | 128, ...signed(n >> 7)];
}
const vector = (items: readonly (readonly number[])[]): number[] => [
  ...size(items.length),
  ...items.flat(),
];
const text = (s: string): number[] => [s.length, ...Array.from(s, (c) => c.charCodeAt(0))];
const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...size(content.length),
  ...content,
];

function bridgeBytes(): Uint8Array {
  const types = TYPES.map(([from, to]) => [0x60, from.length, ...from, to.length, ...to]);
  const imports = [
    [...text('env'), ...text('memory'), 2, ...SHARED_MEMORY_LIMITS],
    [...text('env'), ...text('table'), 1, FUNCTION_REFERENCE, 0, 0],
    [...text('env'), ...text('traceBlock'), 3, I32, 0],
    [...text('env'), ...text('engineBlock'), 3, I32, 0],
    ...IMPORTED_FUNCTIONS.map(([name, type]) => [...text('env'), ...text(name), 0, type]),
  ];
  const exports = [
    ...IMPORTED_FUNCTIONS.slice(0, 4).map(([name], i) => [...text(name), 0, i]),
    ...OWN_FUNCTIONS.map(({ name }, i) => [...text(name), 0, IMPORTED_FUNCTIONS.length + i]),
  ];
  const bodies = OWN_FUNCTIONS.map(({ locals = [], body }) => {
    const code = [...vector(locals.map((type) => [1, type])), ...body, END];
    return [...size(code.length), ...code];
  });
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector(imports)),
    ...section(3, vector(OWN_FUNCTIONS.map(({ type }) => [type]))),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ]);
}

let compiled: WasmModule | undefined;

/** Instantiates the bridge for one Lua instance. */
export function createBridge(imports: BridgeImports): BridgeExports {
  compiled ??= new WebAssembly.Module(bridgeBytes());
  const instance: WasmInstance = new WebAssembly.Instance(compiled, { env: { ...imports } });
  return instance.exports as unknown as BridgeExports;
}
