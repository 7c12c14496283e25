/**
 * The one interface between this product and a Lua engine: the subset of the Lua C API that the
 * kumo binding and the debugger need. Two engines stand behind it (lua54/lua54.ts, fengari/fengari.ts); nothing
 * outside vm/ knows which one runs.
 *
 * Conventions are those of the C API (Lua 5.4 manual, chapter 4): negative indices count from the
 * top, `next` pops a key, and so on. Strings are bytes: `pushBytes`/`toBytes` carry all 256 values;
 * `pushText`/`toText` are for text known to be UTF-8.
 */

import type { LuaHooks, LuaInspection } from './lua-inspection.ts';
import type { TableItem } from './table-contents.ts';

/** `lua54` is PUC Lua 5.4 in WebAssembly (what kumod embeds); `fengari` is Lua 5.3 in JavaScript. */
export type EngineId = 'lua54' | 'fengari';

declare const luaState: unique symbol;
/** A `lua_State*`: the main thread or a coroutine. Opaque outside vm/. */
export interface LuaState {
  readonly [luaState]: true;
}

declare const luaActivation: unique symbol;
/** A `lua_Debug*`, valid only during the hook call or until the next `getStack`. Opaque. */
export interface LuaActivation {
  readonly [luaActivation]: true;
}

/** The values of `lua_type`. */
export const LuaType = {
  none: -1,
  nil: 0,
  boolean: 1,
  lightUserdata: 2,
  number: 3,
  string: 4,
  table: 5,
  function: 6,
  userdata: 7,
  thread: 8,
} as const;
export type LuaType = (typeof LuaType)[keyof typeof LuaType];

/** By type + 1, as `lua_typename` says. */
export const LUA_TYPE_NAMES: readonly string[] = [
  'no value',
  'nil',
  'boolean',
  'userdata',
  'number',
  'string',
  'table',
  'function',
  'userdata',
  'thread',
];

/** The status values of `lua_pcall` and `lua_load`. */
export const LuaStatus = {
  ok: 0,
  yield: 1,
  runtimeError: 2,
  syntaxError: 3,
  memoryError: 4,
  handlerError: 5,
} as const;
export type LuaStatus = (typeof LuaStatus)[keyof typeof LuaStatus];

/** Pass as `results` of `pcall`/`call` to keep every result. */
export const MULTIPLE_RESULTS = -1;
/** The pseudo-index of the registry differs by engine: read it from `vm.registryIndex`. */

/**
 * A function that Lua can call. Gets the calling thread, finds its arguments at 1..getTop, returns
 * how many values on top of the stack are results. Whatever it throws becomes a Lua error: see
 * `LuaVm.setHostErrorPusher`.
 */
export type HostFunction = (L: LuaState) => number;

/** Events of `lua_sethook`. */
export type HookEvent = 'call' | 'return' | 'line' | 'count' | 'tail call';

export interface LuaVmOptions {
  /** Upper limit of the Lua heap in bytes. Beyond it Lua raises "not enough memory" where the engine can. */
  readonly memoryLimitBytes?: number;
  /**
   * Told when an allocation is refused because of the limit: before Lua collects garbage and, when
   * that does not help, raises the error. Must not run Lua. Only lua54 does this.
   */
  readonly onAllocationRefused?: () => void;
  /**
   * Seeds string hashes and `math.random`, so that a run repeats exactly, `pairs` order included.
   * The same seed and the same script give the same run.
   */
  readonly seed: number;
}

/** The stack of a thread, and pushing values onto it. */
export interface LuaStack {
  getTop(L: LuaState): number;
  setTop(L: LuaState, index: number): void;
  pop(L: LuaState, count: number): void;
  pushValue(L: LuaState, index: number): void;
  remove(L: LuaState, index: number): void;
  insert(L: LuaState, index: number): void;
  absIndex(L: LuaState, index: number): number;
  /** Makes room for `extra` values; false when the stack cannot grow. */
  checkStack(L: LuaState, extra: number): boolean;
  /** Moves `count` values from one thread to another of the same state. */
  xmove(from: LuaState, to: LuaState, count: number): void;
  pushNil(L: LuaState): void;
  pushBoolean(L: LuaState, value: boolean): void;
  /** A Lua integer. fengari has 32-bit integers: a larger value becomes a float there. */
  pushInteger(L: LuaState, value: number | bigint): void;
  /** A Lua float, even when integral. */
  pushNumber(L: LuaState, value: number): void;
  pushBytes(L: LuaState, value: Uint8Array): void;
  /** UTF-8 encodes `value`. */
  pushText(L: LuaState, value: string): void;
  pushGlobalTable(L: LuaState): void;
  /** Pushes the thread itself. */
  pushThread(L: LuaState): void;
  newTable(L: LuaState, arraySize?: number, recordSize?: number): void;
  newThread(L: LuaState): LuaState;
}

/** Reading values off the stack. */
export interface LuaValues {
  type(L: LuaState, index: number): LuaType;
  typeName(type: LuaType): string;
  /** True only for a number with integer representation. */
  isInteger(L: LuaState, index: number): boolean;
  toBoolean(L: LuaState, index: number): boolean;
  /** Coerces as `lua_tonumberx`; undefined when not convertible. */
  toNumber(L: LuaState, index: number): number | undefined;
  /** Coerces as `lua_tointegerx`. A JS number when it is a safe integer, else a bigint. */
  toInteger(L: LuaState, index: number): number | bigint | undefined;
  /** A copy of the bytes of a string (or number, converted in place as `lua_tolstring`). */
  toBytes(L: LuaState, index: number): Uint8Array | undefined;
  /** The same, decoded as UTF-8 with U+FFFD for what is not. */
  toText(L: LuaState, index: number): string | undefined;
  /** As `luaL_tolstring`, without leaving anything on the stack. Honours `__tostring` and `__name`. */
  toDisplayText(L: LuaState, index: number): string;
  toThread(L: LuaState, index: number): LuaState | undefined;
  /** An identity that is equal for the same table, function, userdata or thread. */
  toPointer(L: LuaState, index: number): number;
  /**
   * Something that is equal (`Object.is`) for the value on top of the stack as long as it is the same
   * one. Other than `toPointer` for every type; a string made anew may be another one.
   */
  valueIdentity(L: LuaState): unknown;
  rawLength(L: LuaState, index: number): number;
  rawEqual(L: LuaState, a: number, b: number): boolean;
}

/** Tables and the registry. Names are text (UTF-8); the `raw` ones never call a metamethod. */
export interface LuaTables {
  getField(L: LuaState, index: number, name: string): LuaType;
  setField(L: LuaState, index: number, name: string): void;
  getTable(L: LuaState, index: number): LuaType;
  setTable(L: LuaState, index: number): void;
  rawGet(L: LuaState, index: number): LuaType;
  rawSet(L: LuaState, index: number): void;
  rawGetIndex(L: LuaState, index: number, n: number): LuaType;
  rawSetIndex(L: LuaState, index: number, n: number): void;
  getGlobal(L: LuaState, name: string): LuaType;
  setGlobal(L: LuaState, name: string): void;
  next(L: LuaState, index: number): boolean;
  /**
   * What is in the table at `index` and in the tables in it, flat and in the order of `next`: see
   * table-contents.ts. Calls no metamethod, allocates nothing in Lua; needs 2 stack slots a depth.
   * @returns undefined for a table that the list has no words for. Read it before the next call.
   */
  tableContents(L: LuaState, index: number, maxDepth: number): readonly TableItem[] | undefined;
  getMetatable(L: LuaState, index: number): boolean;
  setMetatable(L: LuaState, index: number): void;
  /** Pops a value into the registry and returns its key; `pushRef` pushes it again. */
  ref(L: LuaState): number;
  pushRef(L: LuaState, ref: number): void;
  unref(L: LuaState, ref: number): void;
}

/** Objects of the host as Lua values. */
export interface LuaUserdata {
  /** Creates and pushes the metatable of a userdata type; false (and pushes it) when it exists. */
  newMetatable(L: LuaState, typeName: string): boolean;
  /**
   * A full userdata that stands for `object`, with the metatable registered under `typeName`
   * (`newMetatable` first). `object` is released when Lua collects the userdata.
   */
  newUserdata(L: LuaState, object: object, typeName: string): void;
  /** The host object of a userdata made by `newUserdata`; undefined for anything else. */
  toObject(L: LuaState, index: number): object | undefined;
  /** The registered type name of a userdata made by `newUserdata`. */
  objectTypeName(L: LuaState, index: number): string | undefined;
}

/** Calls in both directions: Lua functions by the host, functions of the host by Lua. */
export interface LuaCalls {
  /** Compiles text (never bytecode). `chunkName` as in `lua_load`: `@file`, `=name` or the text itself. */
  load(L: LuaState, source: Uint8Array, chunkName: string): LuaStatus;
  /** `handler` is the stack index of a message handler, 0 for none. */
  pcall(L: LuaState, args: number, results: number, handler?: number): LuaStatus;
  /** Unprotected: an error leaves the calling host function as the engine's own throw. Never catch it. */
  call(L: LuaState, args: number, results: number): void;
  /** Raises the value on top of the stack. */
  error(L: LuaState): never;
  /** A closure; pops `upvalues` values, reachable at `upvalueIndex(1)`... */
  pushFunction(L: LuaState, fn: HostFunction, upvalues?: number): void;
  upvalueIndex(n: number): number;
  /**
   * How a JavaScript exception that leaves a host function becomes a Lua error value: the pusher
   * must push exactly one value. Default: the text `host: MESSAGE`.
   */
  setHostErrorPusher(pusher: (L: LuaState, exception: unknown) => void): void;
  /**
   * What is behind the host or engine function at `index`: the `HostFunction`, or something that is
   * equal for the same function of the engine. Undefined for a Lua function and everything else.
   */
  nativeFunction(L: LuaState, index: number): unknown;
  /**
   * Replaces the engine's own function on top of the stack by one that calls `before` and then does
   * the same, seen by Lua as one function. `before` must leave the stack as it is, and is the same for
   * all of a vm. Does nothing for a function that is not the engine's own or has upvalues.
   */
  observeFunction(L: LuaState, before: (L: LuaState) => void): void;
  /**
   * Whether observed functions call `before`, which they do at first: calling JavaScript costs a good
   * part of what they do themselves. Without effect on fengari.
   */
  tellEngineCalls(told: boolean): void;
}

/** A Lua state. What the debugger asks of it is in lua-inspection.ts. */
export interface LuaVm
  extends LuaStack, LuaValues, LuaTables, LuaUserdata, LuaCalls, LuaInspection, LuaHooks {
  readonly engine: EngineId;
  /** `Lua 5.4` or `Lua 5.3`, as `_VERSION` says. */
  readonly version: string;
  readonly registryIndex: number;
  /** The main thread. The standard libraries are not opened: see `openLibraries`. */
  readonly main: LuaState;
  /** Opens the engine's own base, coroutine, table, string, utf8 and math. No io, os, debug or package. */
  openLibraries(): void;
  /** Frees the state. The vm must not be used afterwards. */
  close(): void;
  /** Bytes in use by the Lua heap, or undefined where the engine cannot tell. */
  memoryInUse(): number | undefined;
  /** Full garbage collection; does nothing where the engine has none of its own. */
  collectGarbage(): void;
  /** A fresh vm of this engine without libraries, for compiling without a trace in this one. */
  sibling(): LuaVm;
}

/** The text of whatever a host function threw. */
export function describeException(exception: unknown): string {
  return exception instanceof Error ? exception.message : String(exception);
}
