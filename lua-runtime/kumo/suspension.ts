/**
 * Where a script may wait. kumod's waiting functions suspend the coroutine that runs the handler
 * (mlua 0.11 src/state/raw.rs, create_async_callback), which Lua cannot do across a function of C that
 * called back into Lua: `require`, `table.sort`, `string.gsub` and the like (Lua 5.4 ldo.c,
 * lua_yieldk). Here the thread is blocked instead, which works everywhere, so kumod's refusal is made.
 */
import { nativeFunctionOf } from '../vm/native-function.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';

/** Functions of C that Lua goes on with after a suspension (lua_pcallk, and lua_callk of dofile). */
const CONTINUED = ['pcall', 'xpcall', 'dofile'];
/** How far to look: in a deeper recursion the call passes. */
const LEVELS = 100;

/** What stands in the way of waiting. */
export type Obstacle =
  /** A function of C, by the name it was called with, if it has one. */
  | { readonly kind: 'call'; readonly name: string | undefined }
  /** kumod hands a marker to whoever resumed the coroutine, and comes back when it is resumed again. */
  | { readonly kind: 'coroutine' };

export class Suspension {
  private readonly vm: LuaVm;
  private readonly continued = new Set<unknown>();

  /** To be made when the libraries are open and no script has run. */
  constructor(vm: LuaVm) {
    this.vm = vm;
    for (const name of CONTINUED) {
      vm.getGlobal(vm.main, name);
      this.continued.add(vm.nativeFunction(vm.main, -1));
      vm.pop(vm.main, 1);
    }
  }

  /** Asked in a host function that is about to wait; undefined when it may. */
  obstacle(L: LuaState): Obstacle | undefined {
    const { vm } = this;
    for (let level = 1; level <= LEVELS; level++) {
      // The cheap question first: almost every level is a Lua function.
      if (vm.executionPoint(L, level) !== undefined) continue;
      const activation = vm.getStack(L, level);
      if (activation === undefined) break;
      const fn = nativeFunctionOf(vm, L, activation);
      if (fn === undefined || this.continued.has(fn)) continue;
      return { kind: 'call', name: vm.getInfo(L, activation).name };
    }
    return L === vm.main ? undefined : { kind: 'coroutine' };
  }
}
