/**
 * One instance of wasmoon's Lua 5.4 WebAssembly module (`wasmoon/dist/glue.wasm`), driven without
 * wasmoon's JavaScript: the module has fewer than thirty imports, and owning them is what gives a
 * memory limit, a repeatable random seed and no file system.
 */
import { WebAssembly } from '../platform.ts';
import type { WasmImports, WasmMemory, WasmModule, WasmTable } from '../platform.ts';

/** The functions of the Lua C API that are used. Pointers and `size_t` are numbers, int64 is bigint. */
export interface Lua54Exports {
  readonly memory: WasmMemory;
  readonly __indirect_function_table: WasmTable;
  malloc(size: number): number;
  free(pointer: number): void;
  stackSave(): number;
  stackRestore(pointer: number): void;
  setThrew(threw: number, value: number): void;
  emscripten_stack_get_base(): number;
  luaL_newstate(): number;
  lua_close(L: number): void;
  lua_atpanic(L: number, fn: number): number;
  lua_version(L: number): number;
  lua_gettop(L: number): number;
  lua_settop(L: number, index: number): void;
  lua_pushvalue(L: number, index: number): void;
  lua_rotate(L: number, index: number, n: number): void;
  lua_absindex(L: number, index: number): number;
  lua_checkstack(L: number, n: number): number;
  lua_xmove(from: number, to: number, n: number): void;
  lua_pushnil(L: number): void;
  lua_pushboolean(L: number, value: number): void;
  readonly lua_pushinteger: (L: number, value: bigint) => void;
  lua_pushnumber(L: number, value: number): void;
  lua_pushlstring(L: number, pointer: number, size: number): number;
  lua_pushlightuserdata(L: number, pointer: number): void;
  lua_pushcclosure(L: number, fn: number, upvalues: number): void;
  lua_pushthread(L: number): number;
  lua_createtable(L: number, arraySize: number, recordSize: number): void;
  lua_newthread(L: number): number;
  lua_newuserdatauv(L: number, size: number, userValues: number): number;
  lua_type(L: number, index: number): number;
  lua_isinteger(L: number, index: number): number;
  lua_toboolean(L: number, index: number): number;
  lua_tonumberx(L: number, index: number, isNumber: number): number;
  readonly lua_tointegerx: (L: number, index: number, isNumber: number) => bigint;
  lua_tolstring(L: number, index: number, size: number): number;
  readonly lua_touserdata: (L: number, index: number) => number;
  lua_iscfunction(L: number, index: number): number;
  lua_tocfunction(L: number, index: number): number;
  lua_tothread(L: number, index: number): number;
  lua_topointer(L: number, index: number): number;
  lua_rawlen(L: number, index: number): bigint;
  lua_rawequal(L: number, a: number, b: number): number;
  lua_getfield(L: number, index: number, name: number): number;
  lua_setfield(L: number, index: number, name: number): void;
  lua_gettable(L: number, index: number): number;
  lua_settable(L: number, index: number): void;
  lua_rawget(L: number, index: number): number;
  lua_rawset(L: number, index: number): void;
  readonly lua_rawgeti: (L: number, index: number, n: bigint) => number;
  readonly lua_rawseti: (L: number, index: number, n: bigint) => void;
  lua_getglobal(L: number, name: number): number;
  lua_setglobal(L: number, name: number): void;
  lua_next(L: number, index: number): number;
  lua_getmetatable(L: number, index: number): number;
  lua_setmetatable(L: number, index: number): number;
  luaL_newmetatable(L: number, name: number): number;
  luaL_setmetatable(L: number, name: number): void;
  luaL_ref(L: number, table: number): number;
  luaL_unref(L: number, table: number, ref: number): void;
  luaL_tolstring(L: number, index: number, size: number): number;
  luaL_loadbufferx(L: number, data: number, size: number, name: number, mode: number): number;
  luaL_requiref(L: number, name: number, open: number, global: number): void;
  luaL_traceback(L: number, of: number, message: number, level: number): void;
  lua_pcallk(L: number, n: number, results: number, handler: number, c: number, k: number): number;
  lua_callk(L: number, n: number, results: number, context: number, k: number): void;
  lua_error(L: number): number;
  lua_getstack(L: number, level: number, activation: number): number;
  lua_getinfo(L: number, what: number, activation: number): number;
  lua_getlocal(L: number, activation: number, n: number): number;
  lua_setlocal(L: number, activation: number, n: number): number;
  lua_getupvalue(L: number, index: number, n: number): number;
  lua_setupvalue(L: number, index: number, n: number): number;
  lua_status(L: number): number;
  lua_upvalueid(L: number, index: number, n: number): number;
  lua_sethook(L: number, fn: number, mask: number, count: number): void;
  readonly luaopen_base: unknown;
  readonly luaopen_coroutine: unknown;
  readonly luaopen_table: unknown;
  readonly luaopen_string: unknown;
  readonly luaopen_utf8: unknown;
  readonly luaopen_math: unknown;
}

const PAGE_BYTES = 65536;
/** The address space of the module. */
const MAX_MEMORY_BYTES = 0x7fff0000;
/** Growing in larger steps than asked for saves most of the calls. */
const GROWTH_STEP_BYTES = 4 * 1024 * 1024;
/** WASI and Linux error numbers for "not supported", as the module's C library expects them. */
const WASI_ENOSYS = 52;
const LINUX_ENOSYS = -52;

export interface Lua54Instance {
  readonly lua: Lua54Exports;
  /** The one value that a Lua error throws through JavaScript frames: whoever catches it rethrows it. */
  readonly luaThrow: object;
  /** The thread of the innermost protected call, 0 outside of all. */
  protectedThread: number;
  /** Told of everything that is thrown, yields included, before it is. */
  onThrow: ((L: number) => void) | undefined;
  /** The function that the innermost protected call runs, by its number in the function table. */
  protectedFunction: number;
  /** Views of the memory; replaced when it grows, so read them from here each time. */
  u8: Uint8Array;
  i32: Int32Array;
  u16: Uint16Array;
}

export interface Lua54InstanceOptions {
  /** Bytes that Lua may allocate; undefined for all of the address space. */
  readonly memoryLimitBytes: number | undefined;
  /** What `time(NULL)` answers, in seconds: the source of the string hash and math.random seeds. */
  readonly timeSeconds: number;
  readonly onAllocationRefused: (() => void) | undefined;
}

/** Instantiates the module with a heap of its own. About a millisecond. */
export function instantiateLua54(module: WasmModule, options: Lua54InstanceOptions): Lua54Instance {
  const luaThrow = Object.freeze({ message: 'a Lua error on its way to its pcall' });
  let memoryCeiling = MAX_MEMORY_BYTES;
  const instance = {
    luaThrow,
    protectedThread: 0,
    protectedFunction: 0,
    onThrow: undefined,
  } as unknown as Lua54Instance & { lua: Lua54Exports };
  const updateViews = (): void => {
    const { buffer } = instance.lua.memory;
    instance.u8 = new Uint8Array(buffer);
    instance.i32 = new Int32Array(buffer);
    instance.u16 = new Uint16Array(buffer);
  };

  const known: Record<string, unknown> = {
    /** A call under setjmp: emscripten's protocol for longjmp in modules without native exceptions. */
    invoke_vii(index: number, a: number, b: number): void {
      const { lua } = instance;
      const stack = lua.stackSave();
      const { protectedThread, protectedFunction } = instance;
      instance.protectedThread = a;
      instance.protectedFunction = index;
      try {
        (lua.__indirect_function_table.get(index) as (a: number, b: number) => void)(a, b);
      } catch (thrown) {
        lua.stackRestore(stack);
        if (thrown !== luaThrow) throw thrown;
        lua.setThrew(1, 0);
      } finally {
        instance.protectedThread = protectedThread;
        instance.protectedFunction = protectedFunction;
      }
    },
    _emscripten_throw_longjmp(): never {
      instance.onThrow?.(instance.protectedThread);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a sentinel, compared by identity
      throw luaThrow;
    },
    emscripten_date_now: () => options.timeSeconds * 1000,
    _emscripten_get_now_is_monotonic: () => 1,
    emscripten_resize_heap(requested: number): number {
      const wanted = requested >>> 0;
      if (wanted > memoryCeiling) {
        options.onAllocationRefused?.();
        return 0;
      }
      const { memory } = instance.lua;
      const target = Math.min(wanted + GROWTH_STEP_BYTES, memoryCeiling);
      try {
        memory.grow(Math.ceil((target - memory.buffer.byteLength) / PAGE_BYTES));
      } catch {
        return 0;
      }
      updateViews();
      return 1;
    },
    abort(): never {
      throw new Error('The Lua engine stopped: an error was raised outside of a protected call.');
    },
    environ_sizes_get(count: number, bytes: number): number {
      instance.i32[count >> 2] = 0;
      instance.i32[bytes >> 2] = 0;
      return 0;
    },
    environ_get: () => 0,
  };

  // Everything else is the C library's way to files, processes and time zones: not supported.
  const imports: WasmImports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const unsupported = from === 'env' ? () => LINUX_ENOSYS : () => WASI_ENOSYS;
    (imports[from] ??= {})[name] = known[name] ?? unsupported;
  }

  const { exports } = new WebAssembly.Instance(module, imports);
  instance.lua = exports as unknown as Lua54Exports;
  updateViews();
  const start = exports as { emscripten_stack_init(): void; __wasm_call_ctors(): void };
  start.emscripten_stack_init();
  start.__wasm_call_ctors();

  if (options.memoryLimitBytes !== undefined) {
    // The heap begins where the C stack ends.
    const heapStart = instance.lua.emscripten_stack_get_base();
    memoryCeiling = Math.min(heapStart + options.memoryLimitBytes, MAX_MEMORY_BYTES);
  }
  return instance;
}

/**
 * Takes away the part of the initial memory that lies above the limit. To be called after
 * `luaL_newstate`, so that the address of the state, a source of its seeds, stays the same.
 */
export function reserveAboveLimit(instance: Lua54Instance, memoryLimitBytes: number): void {
  const { lua } = instance;
  const initial = lua.memory.buffer.byteLength - lua.emscripten_stack_get_base();
  const excess = initial - memoryLimitBytes;
  if (excess > 0) lua.malloc(excess);
}
