import type { LuaActivation, LuaState, LuaVm } from './lua-vm.ts';

/** What `LuaVm.nativeFunction` gives for a function on a stack, which may have no room left. */
export function nativeFunctionOf(vm: LuaVm, L: LuaState, activation: LuaActivation): unknown {
  if (!vm.checkStack(L, 2)) return undefined;
  vm.pushActivationFunction(L, activation);
  const fn = vm.nativeFunction(L, -1);
  vm.pop(L, 1);
  return fn;
}
