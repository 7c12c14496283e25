/**
 * Functions of the engine that can run for ever without executing a Lua instruction, which is when
 * hooks fire: pattern matching takes exponential time, table.move as long as its arguments say.
 */
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';

const UNINTERRUPTIBLE: readonly (readonly [library: string, functions: readonly string[]])[] = [
  ['string', ['find', 'match', 'gmatch', 'gsub', 'rep']],
  ['table', ['move']],
];

/**
 * Has `before` called with the calling thread before each of them runs. To be done in every context
 * alike, watched or not, because what is allocated in one and not in the other moves all addresses.
 */
export function observeEngineFunctions(vm: LuaVm, before: (L: LuaState) => void): void {
  const L = vm.main;
  for (const [library, functions] of UNINTERRUPTIBLE) {
    vm.getGlobal(L, library);
    for (const name of functions) {
      vm.getField(L, -1, name);
      vm.observeFunction(L, before);
      vm.setField(L, -2, name);
    }
    vm.pop(L, 1);
  }
}
