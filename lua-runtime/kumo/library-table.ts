/** Building the tables of Lua libraries from host functions. */
import type { HostFunction, LuaVm } from '../vm/lua-vm.ts';

/** Sets host functions as fields of the table on top of the stack. */
export function setFunctions(
  vm: LuaVm,
  functions: { readonly [name: string]: HostFunction },
): void {
  for (const [name, fn] of Object.entries(functions)) {
    vm.pushFunction(vm.main, fn);
    vm.setField(vm.main, -2, name);
  }
}

/** Pushes a new table as the library `name`: a global, and in `package.loaded`. */
export function pushLibraryTable(vm: LuaVm, name: string): void {
  const L = vm.main;
  vm.newTable(L);
  vm.pushValue(L, -1);
  vm.setGlobal(L, name);
  vm.getField(L, vm.registryIndex, '_LOADED');
  vm.pushValue(L, -2);
  vm.setField(L, -2, name);
  vm.pop(L, 1);
}
