/**
 * The contents of a table read from the memory of a Lua 5.4 instance (Lua 5.4 lobject.h, ltable.c
 * luaH_next): a fifth of the time that the C API takes, a call for each key and value.
 */
import type { Lua54Instance } from './lua54-instance.ts';
import type { Lua54Memory } from './lua54-memory.ts';
import {
  NODE,
  TABLE,
  TAG,
  TAG_VARIANT_BITS,
  VALUE,
  arraySize,
  stringBytes,
} from './lua54-structures.ts';
import { LuaType } from '../lua-vm.ts';
import { TABLE_BEGINS, TABLE_ENDS } from '../table-contents.ts';
import type { TableItem } from '../table-contents.ts';

const TYPE_BITS = 0x0f;

export class Lua54TableContents {
  private readonly instance: Lua54Instance;
  private readonly memory: Lua54Memory;
  private readonly items: TableItem[] = [];

  constructor(instance: Lua54Instance, memory: Lua54Memory) {
    this.instance = instance;
    this.memory = memory;
  }

  /** @param table the address of the Table; see `LuaVm.tableContents`. */
  read(table: number, maxDepth: number): readonly TableItem[] | undefined {
    this.items.length = 0;
    return this.addMembers(table, maxDepth) ? this.items : undefined;
  }

  private addMembers(table: number, depth: number): boolean {
    const { i32, u8 } = this.instance;
    if (depth === 0 || this.hasArray(table)) return false;
    const first = i32[(table + TABLE.nodes) >> 2] as number;
    const end = first + (NODE.sizeBytes << (u8[table + TABLE.nodesLog2] as number));
    for (let node = first; node !== end; node += NODE.sizeBytes) {
      const tag = (u8[node + VALUE.tag] as number) & TAG_VARIANT_BITS;
      if ((tag & TYPE_BITS) === LuaType.nil) continue;
      if (!this.addText(i32[(node + NODE.key) >> 2] as number, u8[node + NODE.keyTag] as number)) {
        return false;
      }
      if (!this.addValue(node, tag, depth)) return false;
    }
    return true;
  }

  /** Whether anything is in the array part, whose keys are integers. */
  private hasArray(table: number): boolean {
    const { i32, u8 } = this.instance;
    const array = i32[(table + TABLE.array) >> 2] as number;
    const size = arraySize(this.instance, table);
    for (let i = 0; i < size; i++) {
      const tag = u8[array + i * VALUE.sizeBytes + VALUE.tag] as number;
      if ((tag & TYPE_BITS) !== LuaType.nil) return true;
    }
    return false;
  }

  private addText(string: number, tag: number): boolean {
    if ((tag & TYPE_BITS) !== LuaType.string) return false;
    const { pointer, size } = stringBytes(this.instance, string);
    this.items.push(this.memory.readCachedText(pointer, size));
    return true;
  }

  private addValue(value: number, tag: number, depth: number): boolean {
    const { i32 } = this.instance;
    const content = i32[(value + VALUE.content) >> 2] as number;
    switch (tag) {
      case TAG.shortString:
      case TAG.longString:
        return this.addText(content, tag);
      case TAG.false:
      case TAG.true:
        this.items.push(tag === TAG.true);
        return true;
      case TAG.integer:
        this.items.push(integerOf(content, i32[(value + VALUE.content + 4) >> 2] as number));
        return true;
      case TAG.table: {
        this.items.push(TABLE_BEGINS);
        const isWhole = this.addMembers(content, depth - 1);
        this.items.push(TABLE_ENDS);
        return isWhole;
      }
      default:
        return false;
    }
  }
}

/** A JS number when it is a safe integer, else a bigint. */
export function integerOf(low: number, high: number): number | bigint {
  if (high === low >> 31) return low;
  const value = high * 0x1_0000_0000 + (low >>> 0);
  if (Number.isSafeInteger(value)) return value;
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}
