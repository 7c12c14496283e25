/**
 * The contents of a table as a flat list, for recognising what was read before: key, value, key,
 * value …, where a value that is a table is `TABLE_BEGINS`, its members, `TABLE_ENDS`. Only keys
 * that are text, and only text, booleans, integers and tables as values have words in the list.
 */
import { LuaType } from './lua-vm.ts';
import type { LuaStack, LuaState, LuaTables, LuaValues } from './lua-vm.ts';

export const TABLE_BEGINS = Symbol('table begins');
export const TABLE_ENDS = Symbol('table ends');

export type TableItem =
  string | number | bigint | boolean | typeof TABLE_BEGINS | typeof TABLE_ENDS;

type TableReader = LuaStack & LuaValues & LuaTables;

/** `LuaVm.tableContents` for an engine whose tables are reached by its API only. */
export function contentsByNext(
  vm: TableReader,
  L: LuaState,
  index: number,
  maxDepth: number,
): TableItem[] | undefined {
  if (vm.type(L, index) !== LuaType.table) return undefined;
  const items: TableItem[] = [];
  const top = vm.getTop(L);
  vm.pushValue(L, index);
  const isWhole = addMembers(vm, L, items, maxDepth);
  vm.setTop(L, top);
  return isWhole ? items : undefined;
}

/** Of the table on top of the stack; may leave values above it. */
function addMembers(vm: TableReader, L: LuaState, items: TableItem[], depth: number): boolean {
  if (depth === 0) return false;
  vm.pushNil(L);
  while (vm.next(L, -2)) {
    if (vm.type(L, -2) !== LuaType.string) return false;
    items.push(vm.toText(L, -2) as string);
    if (!addValue(vm, L, items, depth)) return false;
    vm.pop(L, 1);
  }
  return true;
}

function addValue(vm: TableReader, L: LuaState, items: TableItem[], depth: number): boolean {
  switch (vm.type(L, -1)) {
    case LuaType.string:
      items.push(vm.toText(L, -1) as string);
      return true;
    case LuaType.boolean:
      items.push(vm.toBoolean(L, -1));
      return true;
    case LuaType.number:
      // A float is not the integer that it equals here.
      if (!vm.isInteger(L, -1)) return false;
      items.push(vm.toInteger(L, -1) as number | bigint);
      return true;
    case LuaType.table: {
      items.push(TABLE_BEGINS);
      const isWhole = addMembers(vm, L, items, depth - 1);
      items.push(TABLE_ENDS);
      return isWhole;
    }
    default:
      return false;
  }
}
