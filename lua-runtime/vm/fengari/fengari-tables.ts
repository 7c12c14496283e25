/** The tables of fengari, metatables and the registry among them. */
import { lauxlib, lua } from 'fengari';
import type { LuaState, LuaTables, LuaType } from '../lua-vm.ts';
import { contentsByNext } from '../table-contents.ts';
import type { TableItem } from '../table-contents.ts';
import { inner } from './fengari-handles.ts';
import { FengariValues } from './fengari-values.ts';

export abstract class FengariTables extends FengariValues implements LuaTables {
  getField(L: LuaState, index: number, name: string): LuaType {
    return lua.lua_getfield(inner(L), index, this.name(name)) as LuaType;
  }

  setField(L: LuaState, index: number, name: string): void {
    lua.lua_setfield(inner(L), index, this.name(name));
  }

  getTable(L: LuaState, index: number): LuaType {
    return lua.lua_gettable(inner(L), index) as LuaType;
  }

  setTable(L: LuaState, index: number): void {
    lua.lua_settable(inner(L), index);
  }

  rawGet(L: LuaState, index: number): LuaType {
    return lua.lua_rawget(inner(L), index) as LuaType;
  }

  rawSet(L: LuaState, index: number): void {
    lua.lua_rawset(inner(L), index);
  }

  rawGetIndex(L: LuaState, index: number, n: number): LuaType {
    return lua.lua_rawgeti(inner(L), index, n) as LuaType;
  }

  rawSetIndex(L: LuaState, index: number, n: number): void {
    lua.lua_rawseti(inner(L), index, n);
  }

  getGlobal(L: LuaState, name: string): LuaType {
    return lua.lua_getglobal(inner(L), this.name(name)) as LuaType;
  }

  setGlobal(L: LuaState, name: string): void {
    lua.lua_setglobal(inner(L), this.name(name));
  }

  next(L: LuaState, index: number): boolean {
    return lua.lua_next(inner(L), index) !== 0;
  }

  tableContents(L: LuaState, index: number, maxDepth: number): readonly TableItem[] | undefined {
    return contentsByNext(this, L, index, maxDepth);
  }

  getMetatable(L: LuaState, index: number): boolean {
    return lua.lua_getmetatable(inner(L), index);
  }

  setMetatable(L: LuaState, index: number): void {
    lua.lua_setmetatable(inner(L), index);
  }

  ref(L: LuaState): number {
    return lauxlib.luaL_ref(inner(L), this.registryIndex);
  }

  pushRef(L: LuaState, ref: number): void {
    lua.lua_rawgeti(inner(L), this.registryIndex, ref);
  }

  unref(L: LuaState, ref: number): void {
    lauxlib.luaL_unref(inner(L), this.registryIndex, ref);
  }
}
