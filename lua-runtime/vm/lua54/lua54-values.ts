/** Reading values off the stack of Lua 5.4. */
import { LUA_TYPE_NAMES, LuaType } from '../lua-vm.ts';
import type { LuaState, LuaValues } from '../lua-vm.ts';
import { address, state } from './lua54-handles.ts';
import { Lua54Stack } from './lua54-stack.ts';
import { STATE, TAG_VARIANT_BITS, VALUE } from './lua54-structures.ts';
import { integerOf } from './lua54-table-contents.ts';

export abstract class Lua54Values extends Lua54Stack implements LuaValues {
  type(L: LuaState, index: number): LuaType {
    return this.lua.lua_type(address(L), index) as LuaType;
  }

  typeName(type: LuaType): string {
    return LUA_TYPE_NAMES[type + 1] as string;
  }

  isInteger(L: LuaState, index: number): boolean {
    return this.lua.lua_isinteger(address(L), index) !== 0;
  }

  toBoolean(L: LuaState, index: number): boolean {
    return this.lua.lua_toboolean(address(L), index) !== 0;
  }

  toNumber(L: LuaState, index: number): number | undefined {
    const { out } = this.memory;
    const value = this.lua.lua_tonumberx(address(L), index, out);
    return this.instance.i32[out >> 2] === 0 ? undefined : value;
  }

  toInteger(L: LuaState, index: number): number | bigint | undefined {
    const { out } = this.memory;
    if (this.bridge.toInteger(address(L), index, out) === 0) return undefined;
    const { i32 } = this.instance;
    const low = i32[out >> 2] as number;
    return integerOf(low, i32[(out >> 2) + 1] as number);
  }

  toBytes(L: LuaState, index: number): Uint8Array | undefined {
    const { out } = this.memory;
    const pointer = this.lua.lua_tolstring(address(L), index, out);
    if (pointer === 0) return undefined;
    return this.memory.readBytes(pointer, this.instance.i32[out >> 2] as number);
  }

  toText(L: LuaState, index: number): string | undefined {
    const { out } = this.memory;
    const pointer = this.lua.lua_tolstring(address(L), index, out);
    if (pointer === 0) return undefined;
    return this.memory.readText(pointer, this.instance.i32[out >> 2] as number);
  }

  toDisplayText(L: LuaState, index: number): string {
    const { out } = this.memory;
    const pointer = this.lua.luaL_tolstring(address(L), index, out);
    const text = this.memory.readText(pointer, this.instance.i32[out >> 2] as number);
    this.pop(L, 1);
    return text;
  }

  toThread(L: LuaState, index: number): LuaState | undefined {
    const pointer = this.lua.lua_tothread(address(L), index);
    return pointer === 0 ? undefined : state(pointer);
  }

  toPointer(L: LuaState, index: number): number {
    return this.lua.lua_topointer(address(L), index);
  }

  valueIdentity(L: LuaState): string {
    const { i32, u8 } = this.instance;
    const slot = (i32[(address(L) + STATE.top) >> 2] as number) - VALUE.sizeBytes;
    const tag = (u8[slot + VALUE.tag] as number) & TAG_VARIANT_BITS;
    switch (this.type(L, -1)) {
      case LuaType.nil:
      case LuaType.boolean:
        return String(tag);
      case LuaType.number:
        return `${tag} ${i32[slot >> 2]} ${i32[(slot + 4) >> 2]}`;
      default:
        return `${tag} ${i32[slot >> 2]}`;
    }
  }

  rawLength(L: LuaState, index: number): number {
    return Number(this.lua.lua_rawlen(address(L), index));
  }

  rawEqual(L: LuaState, a: number, b: number): boolean {
    return this.lua.lua_rawequal(address(L), a, b) !== 0;
  }
}
