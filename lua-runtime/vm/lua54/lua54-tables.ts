/** The tables of Lua 5.4, metatables and the registry among them. */
import { LuaType } from '../lua-vm.ts';
import type { LuaState, LuaTables } from '../lua-vm.ts';
import type { TableItem } from '../table-contents.ts';
import { address } from './lua54-handles.ts';
import { REGISTRY_INDEX } from './lua54-structures.ts';
import { Lua54TableContents } from './lua54-table-contents.ts';
import { Lua54Values } from './lua54-values.ts';

export abstract class Lua54Tables extends Lua54Values implements LuaTables {
  private readonly contents = new Lua54TableContents(this.instance, this.memory);

  getField(L: LuaState, index: number, name: string): LuaType {
    const pointer = this.memory.internName(name);
    if (pointer !== undefined) {
      return this.lua.lua_getfield(address(L), index, pointer) as LuaType;
    }
    const table = this.absIndex(L, index);
    this.pushText(L, name);
    return this.getTable(L, table);
  }

  setField(L: LuaState, index: number, name: string): void {
    const pointer = this.memory.internName(name);
    if (pointer !== undefined) {
      this.lua.lua_setfield(address(L), index, pointer);
      return;
    }
    const table = this.absIndex(L, index);
    this.pushText(L, name);
    this.insert(L, -2);
    this.setTable(L, table);
  }

  getTable(L: LuaState, index: number): LuaType {
    return this.lua.lua_gettable(address(L), index) as LuaType;
  }

  setTable(L: LuaState, index: number): void {
    this.lua.lua_settable(address(L), index);
  }

  rawGet(L: LuaState, index: number): LuaType {
    return this.lua.lua_rawget(address(L), index) as LuaType;
  }

  rawSet(L: LuaState, index: number): void {
    this.lua.lua_rawset(address(L), index);
  }

  rawGetIndex(L: LuaState, index: number, n: number): LuaType {
    return this.bridge.rawGetInt32(address(L), index, n) as LuaType;
  }

  rawSetIndex(L: LuaState, index: number, n: number): void {
    this.bridge.rawSetInt32(address(L), index, n);
  }

  getGlobal(L: LuaState, name: string): LuaType {
    this.pushGlobalTable(L);
    const type = this.getField(L, -1, name);
    this.remove(L, -2);
    return type;
  }

  setGlobal(L: LuaState, name: string): void {
    this.pushGlobalTable(L);
    this.insert(L, -2);
    this.setField(L, -2, name);
    this.pop(L, 1);
  }

  next(L: LuaState, index: number): boolean {
    return this.lua.lua_next(address(L), index) !== 0;
  }

  tableContents(L: LuaState, index: number, maxDepth: number): readonly TableItem[] | undefined {
    if (this.type(L, index) !== LuaType.table) return undefined;
    return this.contents.read(this.lua.lua_topointer(address(L), index), maxDepth);
  }

  getMetatable(L: LuaState, index: number): boolean {
    return this.lua.lua_getmetatable(address(L), index) !== 0;
  }

  setMetatable(L: LuaState, index: number): void {
    this.lua.lua_setmetatable(address(L), index);
  }

  ref(L: LuaState): number {
    return this.lua.luaL_ref(address(L), REGISTRY_INDEX);
  }

  pushRef(L: LuaState, ref: number): void {
    this.bridge.rawGetInt32(address(L), REGISTRY_INDEX, ref);
  }

  unref(L: LuaState, ref: number): void {
    this.lua.luaL_unref(address(L), REGISTRY_INDEX, ref);
  }
}
