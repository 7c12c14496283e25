/**
 * Calls between the host and Lua 5.4 in both directions.
 *
 * How errors travel: a Lua error is a JavaScript throw of `luaThrow` through the frames between it
 * and its pcall. A host function's own exception is turned into a Lua error where it leaves the
 * host function, because Lua's pcall would not see it otherwise.
 */
import { describeException } from '../lua-vm.ts';
import type { HostFunction, LuaCalls, LuaState, LuaStatus, LuaVmOptions } from '../lua-vm.ts';
import { encodeUtf8 } from '../platform.ts';
import type { WasmModule } from '../platform.ts';
import { ENGINE_CALL } from './lua54-bridge.ts';
import { address, state } from './lua54-handles.ts';
import { REGISTRY_INDEX } from './lua54-structures.ts';
import { Lua54Userdata } from './lua54-userdata.ts';

export abstract class Lua54Calls extends Lua54Userdata implements LuaCalls {
  private readonly functions: HostFunction[] = [];
  private readonly functionIds = new Map<HostFunction, number>();
  private beforeEngineCall: ((L: LuaState) => void) | undefined;
  private pushHostError = (L: LuaState, exception: unknown): void => {
    this.pushText(L, `host: ${describeException(exception)}`);
  };

  constructor(module: WasmModule, options: LuaVmOptions) {
    super(module, options);
    this.tellEngineCalls(true);
  }

  load(L: LuaState, source: Uint8Array, chunkName: string): LuaStatus {
    const { lua, memory } = this;
    const mode = this.name('t');
    return memory.withOwnedBytes(encodeUtf8(chunkName), (name) =>
      memory.withOwnedBytes(source, (data, size) =>
        lua.luaL_loadbufferx(address(L), data, size, name, mode),
      ),
    ) as LuaStatus;
  }

  pcall(L: LuaState, args: number, results: number, handler = 0): LuaStatus {
    return this.lua.lua_pcallk(address(L), args, results, handler, 0, 0) as LuaStatus;
  }

  call(L: LuaState, args: number, results: number): void {
    this.lua.lua_callk(address(L), args, results, 0, 0);
  }

  error(L: LuaState): never {
    this.lua.lua_error(address(L));
    throw new Error('lua_error returned, which it never does');
  }

  /**
   * Host functions are kept until the vm closes, once each however often they are pushed: push the
   * same function object again rather than a new one made for each call.
   */
  pushFunction(L: LuaState, fn: HostFunction, upvalues = 0): void {
    let id = this.functionIds.get(fn);
    if (id === undefined) {
      id = this.functions.push(fn) - 1;
      this.functionIds.set(fn, id);
    }
    const { lua } = this;
    lua.lua_pushlightuserdata(address(L), id);
    if (upvalues > 0) lua.lua_rotate(address(L), -upvalues - 1, 1);
    lua.lua_pushcclosure(address(L), this.tableIndex.call, upvalues + 1);
  }

  upvalueIndex(n: number): number {
    // The first upvalue of every host function is its number.
    return REGISTRY_INDEX - (n + 1);
  }

  setHostErrorPusher(pusher: (L: LuaState, exception: unknown) => void): void {
    this.pushHostError = pusher;
  }

  nativeFunction(L: LuaState, index: number): unknown {
    const fn = this.lua.lua_tocfunction(address(L), index);
    const { call, engine } = this.tableIndex;
    if (fn !== call && fn !== engine) return fn === 0 ? undefined : fn;
    if (this.lua.lua_getupvalue(address(L), index, 1) === 0) return undefined;
    const number = this.lua.lua_touserdata(address(L), -1);
    this.pop(L, 1);
    return fn === engine ? number : this.functions[number];
  }

  observeFunction(L: LuaState, before: (L: LuaState) => void): void {
    const { lua } = this;
    const original = lua.lua_tocfunction(address(L), -1);
    if (original === 0) return;
    if (lua.lua_getupvalue(address(L), -1, 1) !== 0) {
      this.pop(L, 1);
      return;
    }
    this.beforeEngineCall = before;
    this.pop(L, 1);
    lua.lua_pushlightuserdata(address(L), original);
    lua.lua_pushcclosure(address(L), this.tableIndex.engine, 1);
  }

  tellEngineCalls(told: boolean): void {
    this.instance.i32[(this.engineBlock + ENGINE_CALL.told) >> 2] = told ? 1 : 0;
  }

  protected override callHostFunction(L: number): number {
    const fn = this.functions[this.lua.lua_touserdata(L, REGISTRY_INDEX - 1)] as HostFunction;
    try {
      return fn(state(L));
    } catch (exception) {
      if (exception === this.instance.luaThrow) throw exception;
      this.lua.lua_settop(L, 0);
      return this.raiseHostException(L, exception);
    }
  }

  protected override enterEngine(L: number): void {
    this.beforeEngineCall?.(state(L));
  }

  protected override panic(L: number): never {
    throw new Error(`A Lua error outside of a protected call: ${this.toDisplayText(state(L), -1)}`);
  }

  /** Raises in `L` what code of the host threw. */
  protected raiseHostException(L: number, exception: unknown): never {
    const top = this.lua.lua_gettop(L);
    try {
      this.pushHostError(state(L), exception);
    } catch (failure) {
      if (failure === this.instance.luaThrow) throw failure;
      this.lua.lua_settop(L, top);
      this.pushText(state(L), `host: ${describeException(exception)}`);
    }
    return this.error(state(L));
  }

  /** When the state is gone. */
  protected forgetFunctions(): void {
    this.functions.length = 0;
    this.functionIds.clear();
  }
}
