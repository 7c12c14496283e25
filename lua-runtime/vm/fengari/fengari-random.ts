/** math.random and math.randomseed for fengari, seeded per state so that a run repeats. */
import { checkInteger, checkNumber, raise, raiseArgumentError } from '../lua-arguments.ts';
import type { HostFunction, LuaVm } from '../lua-vm.ts';

/** The largest interval fengari's 32-bit integers can span, as Lua 5.3's math.random checks. */
const MAX_INTEGER = 0x7fffffff;

/** The two functions with Lua 5.3's arguments and errors (Lua 5.3 lmathlib.c math_random). */
export function createRandomFunctions(
  vm: LuaVm,
  seed: number,
): { random: HostFunction; randomseed: HostFunction } {
  let state = seed >>> 0;
  // mulberry32: 32 random bits for each step of a 32-bit state.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const unit = (): number => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 2 ** 53;

  return {
    random(L) {
      const given = vm.getTop(L);
      if (given === 0) {
        vm.pushNumber(L, unit());
        return 1;
      }
      if (given > 2) return raise(vm, L, 'wrong number of arguments');
      const low = given === 1 ? 1 : checkInteger(vm, L, 1, 'math.random');
      const high = checkInteger(vm, L, given, 'math.random');
      if (low > high) raiseArgumentError(vm, L, given, 'math.random', 'interval is empty');
      if (low < 0 && high > MAX_INTEGER + low) {
        raiseArgumentError(vm, L, given, 'math.random', 'interval too large');
      }
      vm.pushInteger(L, low + Math.floor(unit() * (high - low + 1)));
      return 1;
    },
    randomseed(L) {
      state = Math.trunc(checkNumber(vm, L, 1, 'math.randomseed')) >>> 0;
      return 0;
    },
  };
}
