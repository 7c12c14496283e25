/**
 * What was read from Lua tables, found again by their contents: a policy makes the same few queue
 * configs over and over, and reading one again costs much more than recognising it.
 */
import { LuaType, type LuaState, type LuaVm } from '../vm/lua-vm.ts';

/** So much is kept, for a policy that never makes the same table twice. */
const MAX_STEPS = 16_384;
/** Deeper tables are not looked for. The stack slots of so many levels are always there. */
const MAX_DEPTH = 4;

/** A key or a value, in the order of `next`; `enter` and `leave` stand around a table's members. */
type Step = string | number | bigint | boolean | typeof enter | typeof leave;
const enter = Symbol('enter');
const leave = Symbol('leave');

class Place<T> {
  readonly next = new Map<Step, Place<T>>();
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
    const { vm } = this;
    if (vm.type(L, index) !== LuaType.table) return undefined;
    const top = vm.getTop(L);
    vm.pushValue(L, index);
    const place = this.walk(L, this.start, 1);
    vm.setTop(L, top);
    return place;
  }

  /** Follows the members of the table on top of the stack; may leave values above it. */
  private walk(L: LuaState, from: Place<T>, depth: number): Place<T> | undefined {
    const { vm } = this;
    let place: Place<T> | undefined = from;
    vm.pushNil(L);
    while (vm.next(L, -2)) {
      // Only with keys of another type the length of a table is more than its contents.
      if (vm.type(L, -2) !== LuaType.string) return undefined;
      place = this.follow(place, vm.toText(L, -2));
      if (place === undefined) return undefined;
      place = this.value(L, place, depth);
      if (place === undefined) return undefined;
      vm.pop(L, 1);
    }
    return place;
  }

  private value(L: LuaState, place: Place<T>, depth: number): Place<T> | undefined {
    const { vm } = this;
    switch (vm.type(L, -1)) {
      case LuaType.string:
        return this.follow(place, vm.toText(L, -1));
      case LuaType.boolean:
        return this.follow(place, vm.toBoolean(L, -1));
      case LuaType.number:
        // A float is not the integer that it equals here.
        return vm.isInteger(L, -1) ? this.follow(place, vm.toInteger(L, -1)) : undefined;
      case LuaType.table: {
        const inside = depth < MAX_DEPTH ? this.follow(place, enter) : undefined;
        const end = inside && this.walk(L, inside, depth + 1);
        return end && this.follow(end, leave);
      }
      default:
        return undefined;
    }
  }

  private follow(place: Place<T>, step: Step | undefined): Place<T> | undefined {
    if (step === undefined) return undefined;
    return place.next.get(step) ?? this.add(place, step);
  }

  private add(place: Place<T>, step: Step): Place<T> | undefined {
    // Different bytes that are not UTF-8 have the same text.
    if (typeof step === 'string' && step.includes('\uFFFD')) return undefined;
    if (this.steps >= MAX_STEPS) return undefined;
    this.steps++;
    const next = new Place<T>();
    place.next.set(step, next);
    return next;
  }
}
