/**
 * Arguments of kumo functions converted to Rust types as mlua does, with its texts
 * (mlua src/conversion.rs 522-556, 826-900; src/error.rs 240-270).
 */
import { LuaType, type LuaState, type LuaVm } from '../vm/lua-vm.ts';
import type { Converted } from './kumo-module.ts';
import { KumoError } from './kumo-error.ts';
import { luaTypeName, readLuaString } from './lua-tree.ts';
import { utf8Error } from './rust-format.ts';

/** `error converting Lua X to TARGET (detail)`. */
export function conversionError(from: string, target: string, detail?: string): string {
  return `error converting Lua ${from} to ${target}${detail === undefined ? '' : ` (${detail})`}`;
}

/** Rust's `String`: numbers are coerced, the bytes must be UTF-8. */
export function toRustString(vm: LuaVm, L: LuaState, index: number): Converted<string> {
  const bytes = toLuaString(vm, L, index);
  if (bytes === undefined) {
    const from = luaTypeName(vm, L, index);
    return { ok: false, error: conversionError(from, 'String', 'expected string or number') };
  }
  if (typeof bytes === 'string') return { ok: true, value: bytes };
  return { ok: false, error: conversionError('string', 'String', utf8Error(bytes)) };
}

/** A Lua string or number as text or bytes; the argument itself stays what it is. */
function toLuaString(vm: LuaVm, L: LuaState, index: number): string | Uint8Array | undefined {
  const type = vm.type(L, index);
  if (type === LuaType.string) return readLuaString(vm, L, index);
  if (type !== LuaType.number) return undefined;
  vm.pushValue(L, index);
  const text = vm.toText(L, -1);
  vm.pop(L, 1);
  return text;
}

const INTEGER_MAX = {
  u8: 255,
  u16: 65_535,
  u64: 2 ** 64,
  usize: 2 ** 64,
} as const;

function toUnsigned(
  vm: LuaVm,
  L: LuaState,
  index: number,
  target: keyof typeof INTEGER_MAX,
): Converted<number> {
  const type = vm.type(L, index);
  const numeric = type === LuaType.number || type === LuaType.string;
  const integer = numeric ? vm.toInteger(L, index) : undefined;
  const value = integer ?? (numeric ? vm.toNumber(L, index) : undefined);
  // A float with an integral value reports as an integer, because mlua asks Lua for one first.
  const from =
    type === LuaType.number && integer !== undefined ? 'integer' : luaTypeName(vm, L, index);
  if (value === undefined) {
    const detail = 'expected number or string coercible to number';
    return { ok: false, error: conversionError(from, target, detail) };
  }
  const truncated = Math.trunc(Number(value));
  if (!(truncated >= 0 && truncated <= INTEGER_MAX[target])) {
    return { ok: false, error: conversionError(from, target, 'out of range') };
  }
  return { ok: true, value: truncated };
}

/**
 * Reads the arguments of one call. `method` is mlua's name of a userdata method (`Message.get_meta`),
 * which its texts show; plain functions have none. Positions count `self` as 1.
 */
export class Arguments {
  private readonly vm: LuaVm;
  private readonly L: LuaState;
  private readonly method: string | undefined;

  constructor(vm: LuaVm, L: LuaState, method?: string) {
    this.vm = vm;
    this.L = L;
    this.method = method;
  }

  /** @throws KumoError `bad argument #N to …: detail`. */
  bad(position: number, detail: string): KumoError {
    const to = this.method === undefined ? '' : ` to \`${this.method}\``;
    return new KumoError(`bad argument #${String(position)}${to}: ${detail}`);
  }

  private take<T>(position: number, converted: Converted<T>): T {
    if (converted.ok) return converted.value;
    throw this.bad(position, converted.error);
  }

  isNil(position: number): boolean {
    return this.vm.type(this.L, position) <= LuaType.nil;
  }

  string(position: number): string {
    return this.take(position, toRustString(this.vm, this.L, position));
  }

  /** A Lua string with any bytes (mlua's own `String` type). */
  bytes(position: number): Uint8Array {
    const { vm, L } = this;
    const type = vm.type(L, position);
    if (type !== LuaType.string && type !== LuaType.number) {
      const from = luaTypeName(vm, L, position);
      throw this.bad(position, conversionError(from, 'string', 'expected string or number'));
    }
    vm.pushValue(L, position);
    const bytes = vm.toBytes(L, -1) ?? new Uint8Array();
    vm.pop(L, 1);
    return bytes;
  }

  unsigned(position: number, target: keyof typeof INTEGER_MAX): number {
    return this.take(position, toUnsigned(this.vm, this.L, position, target));
  }

  /** Lua's truth. */
  boolean(position: number): boolean {
    return this.vm.toBoolean(this.L, position);
  }

  optionalStrings(position: number): string[] | undefined {
    const { vm, L } = this;
    if (this.isNil(position)) return undefined;
    if (vm.type(L, position) !== LuaType.table) {
      const from = luaTypeName(vm, L, position);
      throw this.bad(position, conversionError(from, 'Vec<String>', 'expected table'));
    }
    const values: string[] = [];
    for (let i = 1; vm.rawGetIndex(L, position, i) !== LuaType.nil; i++) {
      values.push(this.take(position, toRustString(vm, L, -1)));
      vm.pop(L, 1);
    }
    vm.pop(L, 1);
    return values;
  }

  function(position: number): void {
    const { vm, L } = this;
    if (vm.type(L, position) === LuaType.function) return;
    throw this.bad(position, conversionError(luaTypeName(vm, L, position), 'function'));
  }
}
