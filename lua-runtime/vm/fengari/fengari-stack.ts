/** The stack of a fengari thread, and pushing values onto it. */
import { lua } from 'fengari';
import type { LuaStack, LuaState } from '../lua-vm.ts';
import { encodeUtf8 } from '../platform.ts';
import { inner, outer } from './fengari-handles.ts';
import { FengariMachine } from './fengari-machine.ts';

export abstract class FengariStack extends FengariMachine implements LuaStack {
  getTop(L: LuaState): number {
    return lua.lua_gettop(inner(L));
  }

  setTop(L: LuaState, index: number): void {
    lua.lua_settop(inner(L), index);
  }

  pop(L: LuaState, count: number): void {
    lua.lua_settop(inner(L), -count - 1);
  }

  pushValue(L: LuaState, index: number): void {
    lua.lua_pushvalue(inner(L), index);
  }

  remove(L: LuaState, index: number): void {
    lua.lua_rotate(inner(L), index, -1);
    lua.lua_settop(inner(L), -2);
  }

  insert(L: LuaState, index: number): void {
    lua.lua_rotate(inner(L), index, 1);
  }

  absIndex(L: LuaState, index: number): number {
    return lua.lua_absindex(inner(L), index);
  }

  checkStack(L: LuaState, extra: number): boolean {
    return Boolean(lua.lua_checkstack(inner(L), extra));
  }

  xmove(from: LuaState, to: LuaState, count: number): void {
    lua.lua_xmove(inner(from), inner(to), count);
  }

  pushNil(L: LuaState): void {
    lua.lua_pushnil(inner(L));
  }

  pushBoolean(L: LuaState, value: boolean): void {
    lua.lua_pushboolean(inner(L), value);
  }

  pushInteger(L: LuaState, value: number | bigint): void {
    const number = Number(value);
    if ((number | 0) === number) lua.lua_pushinteger(inner(L), number);
    else lua.lua_pushnumber(inner(L), number);
  }

  pushNumber(L: LuaState, value: number): void {
    lua.lua_pushnumber(inner(L), value);
  }

  pushBytes(L: LuaState, value: Uint8Array): void {
    lua.lua_pushstring(inner(L), value);
  }

  pushText(L: LuaState, value: string): void {
    lua.lua_pushstring(inner(L), encodeUtf8(value));
  }

  pushGlobalTable(L: LuaState): void {
    lua.lua_pushglobaltable(inner(L));
  }

  pushThread(L: LuaState): void {
    lua.lua_pushthread(inner(L));
  }

  newTable(L: LuaState, arraySize = 0, recordSize = 0): void {
    lua.lua_createtable(inner(L), arraySize, recordSize);
  }

  newThread(L: LuaState): LuaState {
    return outer(lua.lua_newthread(inner(L)));
  }
}
