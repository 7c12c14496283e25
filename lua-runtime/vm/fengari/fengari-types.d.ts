/** The part of fengari 0.1.5 (which ships no types) that is used. Indices are as in C. */
declare module 'fengari' {
  interface FengariState {
    readonly fengariState: true;
    hookmask: number;
    readonly ci: FengariCall;
    readonly base_ci: FengariCall;
    readonly top: number;
    readonly stack: readonly (FengariValue | undefined)[];
    /** The innermost protected call of the thread. */
    errorJmp: { status: number; readonly previous: FengariState['errorJmp'] } | null;
  }
  interface FengariValue {
    readonly type: number;
    readonly value: unknown;
  }
  interface FengariCall {
    readonly previous: FengariCall | null;
    readonly callstatus: number;
    /** Of Lua functions only: the function, its first register, the next instruction. */
    readonly func: {
      readonly value: {
        readonly p: FengariPrototype;
        readonly upvals: readonly (FengariValue | undefined)[];
      };
    };
    readonly l_base: number;
    readonly l_savedpc: number;
  }
  interface FengariPrototype {
    readonly id: number;
    readonly source: { getstr(): Uint8Array } | null;
    readonly linedefined: number;
    readonly lastlinedefined: number;
    readonly numparams: number;
    readonly is_vararg: boolean;
    readonly lineinfo: readonly number[];
    readonly code: readonly {
      readonly opcode: number;
      readonly A: number;
      readonly C: number;
      readonly sBx: number;
    }[];
    readonly p: readonly FengariPrototype[];
  }
  interface FengariDebug {
    event: number;
    name: Uint8Array | null;
    namewhat: Uint8Array | null;
    what: Uint8Array;
    source: Uint8Array;
    currentline: number;
    linedefined: number;
    lastlinedefined: number;
    nups: number;
    nparams: number;
    isvararg: boolean;
    istailcall: number | boolean;
    short_src: Uint8Array;
    readonly i_ci: FengariCall;
  }
  type FengariFunction = (L: FengariState) => number;
  type FengariHook = (L: FengariState, ar: FengariDebug) => void;

  const lua: {
    readonly LUA_REGISTRYINDEX: number;
    readonly lua_Debug: new () => FengariDebug;
    lua_upvalueindex(n: number): number;
    lua_atnativeerror(L: FengariState, fn: FengariFunction): FengariFunction | null;
    lua_close(L: FengariState): void;
    lua_gettop(L: FengariState): number;
    lua_settop(L: FengariState, index: number): void;
    lua_pushvalue(L: FengariState, index: number): void;
    lua_rotate(L: FengariState, index: number, n: number): void;
    lua_absindex(L: FengariState, index: number): number;
    lua_checkstack(L: FengariState, n: number): boolean | number;
    lua_xmove(from: FengariState, to: FengariState, n: number): void;
    lua_pushnil(L: FengariState): void;
    lua_pushboolean(L: FengariState, value: boolean): void;
    lua_pushinteger(L: FengariState, value: number): void;
    lua_pushnumber(L: FengariState, value: number): void;
    lua_pushstring(L: FengariState, value: Uint8Array): void;
    lua_pushcclosure(L: FengariState, fn: FengariFunction, upvalues: number): void;
    lua_pushglobaltable(L: FengariState): void;
    lua_pushthread(L: FengariState): boolean;
    lua_createtable(L: FengariState, arraySize: number, recordSize: number): void;
    lua_newthread(L: FengariState): FengariState;
    lua_newuserdata(L: FengariState, size: number): object;
    lua_type(L: FengariState, index: number): number;
    lua_isinteger(L: FengariState, index: number): boolean;
    lua_toboolean(L: FengariState, index: number): boolean;
    lua_tonumberx(L: FengariState, index: number): number | false;
    lua_tointegerx(L: FengariState, index: number): number | false;
    lua_tolstring(L: FengariState, index: number): Uint8Array | null;
    lua_touserdata(L: FengariState, index: number): unknown;
    /** A closure with upvalues comes as an object. */
    lua_tocfunction(
      L: FengariState,
      index: number,
    ): FengariFunction | { readonly f: FengariFunction } | null;
    lua_status(L: FengariState): number;
    lua_upvalueid(L: FengariState, index: number, n: number): unknown;
    lua_tothread(L: FengariState, index: number): FengariState | null;
    lua_topointer(L: FengariState, index: number): unknown;
    lua_rawlen(L: FengariState, index: number): number;
    lua_rawequal(L: FengariState, a: number, b: number): boolean | number;
    lua_getfield(L: FengariState, index: number, name: Uint8Array): number;
    lua_setfield(L: FengariState, index: number, name: Uint8Array): void;
    lua_gettable(L: FengariState, index: number): number;
    lua_settable(L: FengariState, index: number): void;
    lua_rawget(L: FengariState, index: number): number;
    lua_rawset(L: FengariState, index: number): void;
    lua_rawgeti(L: FengariState, index: number, n: number): number;
    lua_rawseti(L: FengariState, index: number, n: number): void;
    lua_getglobal(L: FengariState, name: Uint8Array): number;
    lua_setglobal(L: FengariState, name: Uint8Array): void;
    lua_next(L: FengariState, index: number): number;
    lua_getmetatable(L: FengariState, index: number): boolean;
    lua_setmetatable(L: FengariState, index: number): boolean;
    lua_pcall(L: FengariState, args: number, results: number, handler: number): number;
    lua_call(L: FengariState, args: number, results: number): void;
    lua_error(L: FengariState): never;
    lua_getstack(L: FengariState, level: number, ar: FengariDebug): number;
    lua_getinfo(L: FengariState, what: Uint8Array, ar: FengariDebug): number;
    lua_getlocal(L: FengariState, ar: FengariDebug, n: number): Uint8Array | null;
    lua_setlocal(L: FengariState, ar: FengariDebug, n: number): Uint8Array | null;
    lua_getupvalue(L: FengariState, index: number, n: number): Uint8Array | null;
    lua_setupvalue(L: FengariState, index: number, n: number): Uint8Array | null;
    lua_sethook(L: FengariState, hook: FengariHook | null, mask: number, count: number): void;
  };
  const lauxlib: {
    luaL_newstate(): FengariState | null;
    luaL_newmetatable(L: FengariState, name: Uint8Array): number;
    luaL_setmetatable(L: FengariState, name: Uint8Array): void;
    luaL_ref(L: FengariState, table: number): number;
    luaL_unref(L: FengariState, table: number, ref: number): void;
    luaL_tolstring(L: FengariState, index: number): Uint8Array;
    luaL_loadbufferx(
      L: FengariState,
      data: Uint8Array,
      size: number,
      name: Uint8Array,
      mode: Uint8Array,
    ): number;
    luaL_requiref(L: FengariState, name: Uint8Array, open: FengariFunction, global: number): void;
    luaL_traceback(
      L: FengariState,
      of: FengariState,
      message: Uint8Array | null,
      level: number,
    ): void;
  };
  const lualib: {
    readonly luaopen_base: FengariFunction;
    readonly luaopen_coroutine: FengariFunction;
    readonly luaopen_table: FengariFunction;
    readonly luaopen_string: FengariFunction;
    readonly luaopen_utf8: FengariFunction;
    readonly luaopen_math: FengariFunction;
  };
  export type {
    FengariCall,
    FengariDebug,
    FengariFunction,
    FengariHook,
    FengariPrototype,
    FengariState,
  };
  export { lua, lauxlib, lualib };
}
