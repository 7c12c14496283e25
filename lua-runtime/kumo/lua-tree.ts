/**
 * A Lua value copied into JavaScript with everything that mlua's serde looks at kept apart:
 * integers from floats, text from bytes, and tables in iteration order with their raw length.
 */
import type { DescribedObject, ObjectDescription } from '../vm/described-object.ts';
import { LuaType, type LuaState, type LuaVm } from '../vm/lua-vm.ts';
import { decodeUtf8Strictly } from '../vm/platform.ts';
import { KumoError } from './kumo-error.ts';

/** A Lua float; Lua integers are plain numbers (or bigints beyond the safe range). */
export class LuaFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export class LuaTable {
  /** In the order of `next`. */
  readonly entries: (readonly [key: LuaTree, value: LuaTree])[] = [];
  /** The border that `rawlen` gives: a table with a border above 0 is an array for serde. */
  readonly length: number;
  constructor(length: number) {
    this.length = length;
  }

  /** The values at 1..length. */
  sequence(): LuaTree[] {
    const values = new Array<LuaTree>(this.length).fill(undefined);
    for (const [key, value] of this.entries) {
      if (typeof key === 'number' && key >= 1 && key <= this.length) values[key - 1] = value;
    }
    return values;
  }
}

/** What serde cannot look into. `recursive` stands for a table that contains itself. */
export class LuaOpaque {
  readonly kind: 'function' | 'thread' | 'userdata' | 'lightuserdata' | 'recursive';
  readonly pointer: number;
  /** The host object of a userdata. */
  readonly object: object | undefined;
  constructor(kind: LuaOpaque['kind'], pointer: number, object?: object) {
    this.kind = kind;
    this.pointer = pointer;
    this.object = object;
  }
}

/** A host object that stands for JSON null where mlua pushes a null pointer. */
export class NullPointer implements DescribedObject {
  readonly isNull = true;

  describe(): ObjectDescription {
    return { text: '(nil)', fields: [] };
  }
}

/** nil is undefined, a null pointer is null, bytes that are not UTF-8 are a Uint8Array. */
export type LuaTree =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | LuaFloat
  | string
  | Uint8Array
  | LuaTable
  | LuaOpaque;

/** Deeper tables would overflow kumod's own stack. */
const MAX_DEPTH = 128;

/** mlua's `Value::type_name`: integers and floats have different names. */
export function luaTypeName(vm: LuaVm, L: LuaState, index: number): string {
  const type = vm.type(L, index);
  if (type === LuaType.none) return 'nil';
  if (type === LuaType.number) return vm.isInteger(L, index) ? 'integer' : 'number';
  if (type === LuaType.lightUserdata) return 'lightuserdata';
  return vm.typeName(type);
}

/** Text when the bytes of the string at `index` are UTF-8, else the bytes. */
export function readLuaString(vm: LuaVm, L: LuaState, index: number): string | Uint8Array {
  const text = vm.toText(L, index) ?? '';
  if (!text.includes('\uFFFD')) return text;
  const bytes = vm.toBytes(L, index) ?? new Uint8Array();
  return decodeUtf8Strictly(bytes) ?? bytes;
}

/** Copies the value at `index`. Calls no metamethod. */
export function readLuaTree(vm: LuaVm, L: LuaState, index: number): LuaTree {
  return readValue(vm, L, index, []);
}

function readValue(vm: LuaVm, L: LuaState, index: number, path: number[]): LuaTree {
  switch (vm.type(L, index)) {
    case LuaType.none:
    case LuaType.nil:
      return undefined;
    case LuaType.boolean:
      return vm.toBoolean(L, index);
    case LuaType.number:
      return vm.isInteger(L, index)
        ? vm.toInteger(L, index)
        : new LuaFloat(vm.toNumber(L, index) ?? 0);
    case LuaType.string:
      return readLuaString(vm, L, index);
    case LuaType.table:
      return readTable(vm, L, index, path);
    case LuaType.function:
      return new LuaOpaque('function', vm.toPointer(L, index));
    case LuaType.thread:
      return new LuaOpaque('thread', vm.toPointer(L, index));
    case LuaType.lightUserdata:
      return new LuaOpaque('lightuserdata', vm.toPointer(L, index));
    case LuaType.userdata: {
      const object = vm.toObject(L, index);
      if (object instanceof NullPointer) return null;
      return new LuaOpaque('userdata', vm.toPointer(L, index), object);
    }
  }
}

function readTable(vm: LuaVm, L: LuaState, index: number, path: number[]): LuaTree {
  const pointer = vm.toPointer(L, index);
  if (path.includes(pointer)) return new LuaOpaque('recursive', pointer);
  if (path.length >= MAX_DEPTH || !vm.checkStack(L, 4)) {
    throw new KumoError(`the table is nested deeper than ${String(MAX_DEPTH)} levels`);
  }
  const table = new LuaTable(vm.rawLength(L, index));
  const at = vm.absIndex(L, index);
  path.push(pointer);
  vm.pushNil(L);
  while (vm.next(L, at)) {
    const key = readValue(vm, L, -2, path);
    table.entries.push([key, readValue(vm, L, -1, path)]);
    vm.pop(L, 1);
  }
  path.pop();
  return table;
}
