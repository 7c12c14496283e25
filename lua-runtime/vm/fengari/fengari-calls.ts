/** Calls between the host and fengari in both directions, and the errors that come of them. */
import { lauxlib, lua } from 'fengari';
import type { FengariFunction, FengariState } from 'fengari';
import { describeException } from '../lua-vm.ts';
import type { HostFunction, LuaCalls, LuaState, LuaStatus } from '../lua-vm.ts';
import { encodeUtf8 } from '../platform.ts';
import { inner, outer } from './fengari-handles.ts';
import { statusOf } from './fengari-status.ts';
import { FengariUserdata } from './fengari-userdata.ts';

export abstract class FengariCalls extends FengariUserdata implements LuaCalls {
  private pushHostError = (L: LuaState, exception: unknown): void => {
    this.pushText(L, `host: ${describeException(exception)}`);
  };

  constructor() {
    super();
    lua.lua_atnativeerror(inner(this.main), (thread) => this.nativeError(thread));
  }

  load(L: LuaState, source: Uint8Array, chunkName: string): LuaStatus {
    const status = lauxlib.luaL_loadbufferx(
      inner(L),
      source,
      source.length,
      encodeUtf8(chunkName),
      this.name('t'),
    );
    return statusOf(status);
  }

  pcall(L: LuaState, args: number, results: number, handler = 0): LuaStatus {
    return statusOf(lua.lua_pcall(inner(L), args, results, handler));
  }

  call(L: LuaState, args: number, results: number): void {
    lua.lua_call(inner(L), args, results);
  }

  error(L: LuaState): never {
    return lua.lua_error(inner(L));
  }

  pushFunction(L: LuaState, fn: HostFunction, upvalues = 0): void {
    lua.lua_pushcclosure(inner(L), fn as unknown as FengariFunction, upvalues);
  }

  upvalueIndex(n: number): number {
    return lua.lua_upvalueindex(n);
  }

  setHostErrorPusher(pusher: (L: LuaState, exception: unknown) => void): void {
    this.pushHostError = pusher;
  }

  nativeFunction(L: LuaState, index: number): unknown {
    const fn = lua.lua_tocfunction(inner(L), index);
    return fn === null ? undefined : typeof fn === 'function' ? fn : fn.f;
  }

  observeFunction(L: LuaState, before: (L: LuaState) => void): void {
    const original = lua.lua_tocfunction(inner(L), -1);
    if (typeof original !== 'function') return;
    if (lua.lua_getupvalue(inner(L), -1, 1) !== null) {
      this.pop(L, 1);
      return;
    }
    this.pop(L, 1);
    this.pushFunction(L, (thread) => {
      before(thread);
      return original(inner(thread));
    });
  }

  tellEngineCalls(): void {}

  /** Host functions' exceptions and fengari's own (JavaScript stack or memory exhausted) end here. */
  private nativeError(thread: FengariState): number {
    const exception = lua.lua_touserdata(thread, 1);
    lua.lua_settop(thread, 0);
    const limit = engineLimitText(exception);
    if (limit === undefined) this.pushHostError(outer(thread), exception);
    else this.pushText(outer(thread), limit);
    return 1;
  }
}

/** Lua's own words for what V8 says when fengari runs out of stack or of string memory. */
function engineLimitText(exception: unknown): string | undefined {
  if (!(exception instanceof RangeError)) return undefined;
  if (exception.message.includes('call stack')) return 'stack overflow';
  return /allocation failed|Invalid (typed )?(array|string)/.test(exception.message)
    ? 'not enough memory'
    : undefined;
}
