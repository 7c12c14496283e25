/**
 * The functions of Lua 5.2's math library that kumod's Lua still has: mlua's Lua 5.4 is built with
 * LUA_COMPAT_5_3 (crate lua-src, src/lib.rs), the engines here are not. Lua 5.4 lmathlib.c,
 * LUA_COMPAT_MATHLIB.
 */
import { checkInteger, checkNumber } from '../vm/lua-arguments.ts';
import type { HostFunction, LuaVm } from '../vm/lua-vm.ts';
import { setFunctions } from './library-table.ts';

export function installMathCompatibility(vm: LuaVm): void {
  const unary =
    (name: string, compute: (x: number) => number): HostFunction =>
    (L) => {
      vm.pushNumber(L, compute(checkNumber(vm, L, 1, `math.${name}`)));
      return 1;
    };
  vm.getGlobal(vm.main, 'math');
  setFunctions(vm, {
    cosh: unary('cosh', Math.cosh),
    sinh: unary('sinh', Math.sinh),
    tanh: unary('tanh', Math.tanh),
    log10: unary('log10', Math.log10),
    pow(L) {
      const base = checkNumber(vm, L, 1, 'math.pow');
      const exponent = checkNumber(vm, L, 2, 'math.pow');
      // C's pow(1, NaN) and pow(±1, ±inf) are 1; JavaScript says NaN.
      const isOne = base === 1 || (base === -1 && Math.abs(exponent) === Infinity);
      vm.pushNumber(L, isOne ? 1 : base ** exponent);
      return 1;
    },
    frexp(L) {
      const { mantissa, exponent } = splitFloat(checkNumber(vm, L, 1, 'math.frexp'));
      vm.pushNumber(L, mantissa);
      vm.pushInteger(L, exponent);
      return 2;
    },
    ldexp(L) {
      const mantissa = checkNumber(vm, L, 1, 'math.ldexp');
      const exponent = checkInteger(vm, L, 2, 'math.ldexp');
      // In two steps: 2^exponent alone may overflow where the product does not.
      const half = Math.trunc(exponent / 2);
      vm.pushNumber(L, mantissa * 2 ** half * 2 ** (exponent - half));
      return 1;
    },
  });
  vm.pop(vm.main, 1);
}

/** value = mantissa × 2^exponent with 0.5 ≤ |mantissa| < 1. */
function splitFloat(value: number): { mantissa: number; exponent: number } {
  if (value === 0 || !Number.isFinite(value)) return { mantissa: value, exponent: 0 };
  let mantissa = value;
  let exponent = 0;
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2;
    exponent++;
  }
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2;
    exponent--;
  }
  return { mantissa, exponent };
}
