/** Reading values off the stack of a fengari thread. */
import { lauxlib, lua } from 'fengari';
import { LUA_TYPE_NAMES } from '../lua-vm.ts';
import type { LuaState, LuaType, LuaValues } from '../lua-vm.ts';
import { decodeUtf8 } from '../platform.ts';
import { inner, outer } from './fengari-handles.ts';
import { FengariStack } from './fengari-stack.ts';

/** Functions of fengari have no number of their own; these are beyond all of its objects'. */
const FIRST_FUNCTION_NUMBER = 2 ** 40;

export abstract class FengariValues extends FengariStack implements LuaValues {
  private readonly identities = new WeakMap<object, number>();
  private nextIdentity = FIRST_FUNCTION_NUMBER;

  type(L: LuaState, index: number): LuaType {
    return lua.lua_type(inner(L), index) as LuaType;
  }

  typeName(type: LuaType): string {
    return LUA_TYPE_NAMES[type + 1] as string;
  }

  isInteger(L: LuaState, index: number): boolean {
    return lua.lua_isinteger(inner(L), index);
  }

  toBoolean(L: LuaState, index: number): boolean {
    return lua.lua_toboolean(inner(L), index);
  }

  toNumber(L: LuaState, index: number): number | undefined {
    const value = lua.lua_tonumberx(inner(L), index);
    return value === false ? undefined : value;
  }

  toInteger(L: LuaState, index: number): number | undefined {
    const value = lua.lua_tointegerx(inner(L), index);
    if (value !== false) return value;
    // What does not fit 32 bits is a float here, and an integer for the caller all the same.
    const number = this.toNumber(L, index);
    return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
  }

  toBytes(L: LuaState, index: number): Uint8Array | undefined {
    return lua.lua_tolstring(inner(L), index)?.slice();
  }

  toText(L: LuaState, index: number): string | undefined {
    const bytes = lua.lua_tolstring(inner(L), index);
    return bytes === null ? undefined : decodeUtf8(bytes);
  }

  toDisplayText(L: LuaState, index: number): string {
    const text = decodeUtf8(lauxlib.luaL_tolstring(inner(L), index));
    this.pop(L, 1);
    return text;
  }

  toThread(L: LuaState, index: number): LuaState | undefined {
    const thread = lua.lua_tothread(inner(L), index);
    return thread === null ? undefined : outer(thread);
  }

  toPointer(L: LuaState, index: number): number {
    return this.numberOf(lua.lua_topointer(inner(L), index));
  }

  valueIdentity(L: LuaState): unknown {
    const { stack, top } = inner(L);
    const slot = stack[top - 1];
    if (slot === undefined) return undefined;
    // Integers and floats have different types here.
    const { type, value } = slot;
    const isPrimitive = typeof value === 'number' || typeof value === 'boolean';
    return isPrimitive || value === null || value === undefined ? `${type} ${value}` : value;
  }

  rawLength(L: LuaState, index: number): number {
    return lua.lua_rawlen(inner(L), index);
  }

  rawEqual(L: LuaState, a: number, b: number): boolean {
    return Boolean(lua.lua_rawequal(inner(L), a, b));
  }

  /** `toPointer` of an object of fengari, 0 for any other value. */
  protected numberOf(identity: unknown): number {
    if ((typeof identity !== 'object' && typeof identity !== 'function') || identity === null) {
      return 0;
    }
    // The engine numbers its objects itself, the same in each run.
    if ('id' in identity && typeof identity.id === 'number') return identity.id;
    let number = this.identities.get(identity);
    if (number === undefined) {
      number = this.nextIdentity++;
      this.identities.set(identity, number);
    }
    return number;
  }
}
