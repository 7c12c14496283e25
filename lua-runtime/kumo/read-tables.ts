/**
 * What was read from Lua tables, found again by their contents: a policy makes the same few queue
 * configs over and over, and reading one again costs much more than recognising it.
 */
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { TableItem } from '../vm/table-contents.ts';

/** So much is kept, for a policy that never makes the same table twice. */
const MAX_STEPS = 16_384;
/** Deeper tables are not looked for. The stack slots of so many levels are always there. */
const MAX_DEPTH = 4;

class Place<T> {
  readonly next = new Map<TableItem, Place<T>>();
  /** What was read from the table whose contents lead here. */
  result: T | undefined = undefined;
}

export class ReadTables<T> {
  private readonly vm: LuaVm;
  private readonly start = new Place<T>();
  private steps = 0;

  constructor(vm: LuaVm) {
    this.vm = vm;
  }

  /**
   * What is known of a table with the contents of the one at the absolute `index`: where `result` can
   * be looked up and set. Calls no metamethod.
   * @returns undefined for what is not kept: a table with a value that JSON has not, or with a key
   *   that is not text, and everything when too much is kept already.
   */
  placeOf(L: LuaState, index: number): { result: T | undefined } | undefined {
    // Only with keys of another type the length of a table is more than its contents.
    const contents = this.vm.tableContents(L, index, MAX_DEPTH);
    if (contents === undefined) return undefined;
    let place: Place<T> | undefined = this.start;
    for (const item of contents) {
      place = place.next.get(item) ?? this.add(place, item);
      if (place === undefined) return undefined;
    }
    return place;
  }

  private add(place: Place<T>, item: TableItem): Place<T> | undefined {
    // Different bytes that are not UTF-8 have the same text.
    if (typeof item === 'string' && item.includes('\uFFFD')) return undefined;
    if (this.steps >= MAX_STEPS) return undefined;
    this.steps++;
    const next = new Place<T>();
    place.next.set(item, next);
    return next;
  }
}
