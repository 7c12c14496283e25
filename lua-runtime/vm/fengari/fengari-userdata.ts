/** Objects of the host as full userdata of fengari. */
import { lauxlib, lua } from 'fengari';
import type { LuaState, LuaUserdata } from '../lua-vm.ts';
import { inner } from './fengari-handles.ts';
import { FengariTables } from './fengari-tables.ts';

interface HostObject {
  readonly hostObject: object;
  readonly hostTypeName: string;
}

export abstract class FengariUserdata extends FengariTables implements LuaUserdata {
  newMetatable(L: LuaState, typeName: string): boolean {
    if (lauxlib.luaL_newmetatable(inner(L), this.name(typeName)) === 0) return false;
    this.pushBoolean(L, false);
    this.setField(L, -2, '__metatable');
    return true;
  }

  newUserdata(L: LuaState, object: object, typeName: string): void {
    const data = lua.lua_newuserdata(inner(L), 0);
    Object.assign(data, { hostObject: object, hostTypeName: typeName } satisfies HostObject);
    lauxlib.luaL_setmetatable(inner(L), this.name(typeName));
  }

  toObject(L: LuaState, index: number): object | undefined {
    return this.hostObject(L, index)?.hostObject;
  }

  objectTypeName(L: LuaState, index: number): string | undefined {
    return this.hostObject(L, index)?.hostTypeName;
  }

  private hostObject(L: LuaState, index: number): HostObject | undefined {
    const data = lua.lua_touserdata(inner(L), index);
    return typeof data === 'object' && data !== null && 'hostObject' in data
      ? (data as HostObject)
      : undefined;
  }
}
