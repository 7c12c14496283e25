/** The stack of a thread of Lua 5.4, and pushing values onto it. */
import type { LuaStack, LuaState } from '../lua-vm.ts';
import { address, state } from './lua54-handles.ts';
import { Lua54Machine } from './lua54-machine.ts';
import { REGISTRY_INDEX } from './lua54-structures.ts';

const GLOBALS_KEY = 2;

export abstract class Lua54Stack extends Lua54Machine implements LuaStack {
  getTop(L: LuaState): number {
    return this.lua.lua_gettop(address(L));
  }

  setTop(L: LuaState, index: number): void {
    this.lua.lua_settop(address(L), index);
  }

  pop(L: LuaState, count: number): void {
    this.lua.lua_settop(address(L), -count - 1);
  }

  pushValue(L: LuaState, index: number): void {
    this.lua.lua_pushvalue(address(L), index);
  }

  remove(L: LuaState, index: number): void {
    this.lua.lua_rotate(address(L), index, -1);
    this.lua.lua_settop(address(L), -2);
  }

  insert(L: LuaState, index: number): void {
    this.lua.lua_rotate(address(L), index, 1);
  }

  absIndex(L: LuaState, index: number): number {
    return this.lua.lua_absindex(address(L), index);
  }

  checkStack(L: LuaState, extra: number): boolean {
    return this.lua.lua_checkstack(address(L), extra) !== 0;
  }

  xmove(from: LuaState, to: LuaState, count: number): void {
    this.lua.lua_xmove(address(from), address(to), count);
  }

  pushNil(L: LuaState): void {
    this.lua.lua_pushnil(address(L));
  }

  pushBoolean(L: LuaState, value: boolean): void {
    this.lua.lua_pushboolean(address(L), value ? 1 : 0);
  }

  pushInteger(L: LuaState, value: number | bigint): void {
    if (typeof value === 'number' && (value | 0) === value) {
      this.bridge.pushInt32(address(L), value);
    } else {
      this.lua.lua_pushinteger(address(L), BigInt(value));
    }
  }

  pushNumber(L: LuaState, value: number): void {
    this.lua.lua_pushnumber(address(L), value);
  }

  pushBytes(L: LuaState, value: Uint8Array): void {
    this.memory.withBytes(value, (pointer, size) =>
      this.lua.lua_pushlstring(address(L), pointer, size),
    );
  }

  pushText(L: LuaState, value: string): void {
    this.memory.withText(value, (pointer, size) =>
      this.lua.lua_pushlstring(address(L), pointer, size),
    );
  }

  pushGlobalTable(L: LuaState): void {
    this.bridge.rawGetInt32(address(L), REGISTRY_INDEX, GLOBALS_KEY);
  }

  pushThread(L: LuaState): void {
    this.lua.lua_pushthread(address(L));
  }

  newTable(L: LuaState, arraySize = 0, recordSize = 0): void {
    this.lua.lua_createtable(address(L), arraySize, recordSize);
  }

  newThread(L: LuaState): LuaState {
    return state(this.lua.lua_newthread(address(L)));
  }
}
