/** Objects of the host as full userdata of Lua 5.4. */
import type { LuaState, LuaUserdata } from '../lua-vm.ts';
import { address } from './lua54-handles.ts';
import { Lua54Tables } from './lua54-tables.ts';

interface HostObject {
  readonly object: object;
  readonly typeName: string;
}

export abstract class Lua54Userdata extends Lua54Tables implements LuaUserdata {
  /** By the address of the userdata, until Lua collects it. */
  private readonly objects = new Map<number, HostObject>();

  newMetatable(L: LuaState, typeName: string): boolean {
    if (this.lua.luaL_newmetatable(address(L), this.name(typeName)) === 0) return false;
    this.lua.lua_pushcclosure(address(L), this.tableIndex.release, 0);
    this.setField(L, -2, '__gc');
    // As mlua: scripts see `false` instead of the metatable, and so cannot call __gc themselves.
    this.pushBoolean(L, false);
    this.setField(L, -2, '__metatable');
    return true;
  }

  newUserdata(L: LuaState, object: object, typeName: string): void {
    const pointer = this.lua.lua_newuserdatauv(address(L), 1, 0);
    this.objects.set(pointer, { object, typeName });
    this.lua.luaL_setmetatable(address(L), this.name(typeName));
  }

  toObject(L: LuaState, index: number): object | undefined {
    return this.hostObject(L, index)?.object;
  }

  objectTypeName(L: LuaState, index: number): string | undefined {
    return this.hostObject(L, index)?.typeName;
  }

  protected override releaseObject(L: number): number {
    this.objects.delete(this.lua.lua_touserdata(L, 1));
    return 0;
  }

  /** When the state is gone. */
  protected forgetObjects(): void {
    this.objects.clear();
  }

  private hostObject(L: LuaState, index: number): HostObject | undefined {
    const pointer = this.lua.lua_touserdata(address(L), index);
    // A light userdata could hold the same number, but only the host makes those.
    return pointer === 0 ? undefined : this.objects.get(pointer);
  }
}
