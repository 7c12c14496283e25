/**
 * A small WebAssembly module that stands between JavaScript and Lua's WebAssembly module. It does
 * what plain JavaScript cannot do cheaply: put host functions into Lua's function table, and pass
 * 64-bit integers without a BigInt for each one.
 */
import { WebAssembly } from './platform.ts';
import type { WasmInstance, WasmMemory, WasmModule } from './platform.ts';

/** What the bridge needs: four host functions, and Lua's functions that take or give an int64. */
export interface BridgeImports {
  readonly memory: WasmMemory;
  readonly call: (L: number) => number;
  readonly hook: (L: number, activation: number) => void;
  readonly release: (L: number) => number;
  readonly panic: (L: number) => number;
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
  pushInt32(L: number, value: number): void;
  /** Stores the int64 at `out` and whether there is one at `out + 8`; returns the latter. */
  toInteger(L: number, index: number, out: number): number;
  rawGetInt32(L: number, index: number, n: number): number;
  rawSetInt32(L: number, index: number, n: number): void;
}

// WebAssembly binary format 1, https://webassembly.github.io/spec/core/binary/
const I32 = 0x7f;
const I64 = 0x7e;
const LOCAL_GET = 0x20;
const CALL = 0x10;
const END = 0x0b;
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
];

const IMPORTED_FUNCTIONS: readonly (readonly [name: string, type: number])[] = [
  ['call', 0],
  ['hook', 1],
  ['release', 0],
  ['panic', 0],
  ['lua_pushinteger', 2],
  ['lua_tointegerx', 3],
  ['lua_rawgeti', 4],
  ['lua_rawseti', 5],
];

const withInt32As64 = (target: number): number[] => [
  ...[LOCAL_GET, 0, LOCAL_GET, 1, LOCAL_GET, 2, EXTEND_I32_S],
  ...[CALL, target],
];

const OWN_FUNCTIONS: readonly (readonly [name: string, type: number, body: readonly number[]])[] = [
  ['pushInt32', 1, [LOCAL_GET, 0, LOCAL_GET, 1, EXTEND_I32_S, CALL, 4]],
  [
    'toInteger',
    6,
    [
      // i64.store(out, lua_tointegerx(L, index, out + 8)); return i32.load(out + 8)
      ...[LOCAL_GET, 2, LOCAL_GET, 0, LOCAL_GET, 1, LOCAL_GET, 2, 0x41, 8, 0x6a, CALL, 5],
      ...[0x37, 3, 0, LOCAL_GET, 2, 0x28, 2, 8],
    ],
  ],
  ['rawGetInt32', 6, withInt32As64(6)],
  ['rawSetInt32', 7, withInt32As64(7)],
];

// Every count and size in this module is below 128 except the sections' sizes, which take LEB128.
const size = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, n >> 7]);
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
    ...IMPORTED_FUNCTIONS.map(([name, type]) => [...text('env'), ...text(name), 0, type]),
  ];
  const exports = [
    ...IMPORTED_FUNCTIONS.slice(0, 4).map(([name], i) => [...text(name), 0, i]),
    ...OWN_FUNCTIONS.map(([name], i) => [...text(name), 0, IMPORTED_FUNCTIONS.length + i]),
  ];
  const bodies = OWN_FUNCTIONS.map(([, , code]) => [code.length + 2, 0, ...code, END]);
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector(imports)),
    ...section(3, vector(OWN_FUNCTIONS.map(([, type]) => [type]))),
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
