/** The one place that knows which engines there are. */
import { createFengariVm } from './fengari/fengari.ts';
import { createLua54Vm } from './lua54/lua54.ts';
import type { EngineId, LuaVm, LuaVmOptions } from './lua-vm.ts';
import type { WasmModule } from './platform.ts';

/** What an engine needs besides its options: for lua54 the module that `compileLua54` gives. */
export type EngineChoice =
  { readonly engine: 'lua54'; readonly module: WasmModule } | { readonly engine: 'fengari' };

export const ENGINES: readonly EngineId[] = ['lua54', 'fengari'];

/** Starts a state of the chosen engine, without libraries: call `openLibraries` next. */
export function createVm(choice: EngineChoice, options: LuaVmOptions): LuaVm {
  return choice.engine === 'lua54'
    ? createLua54Vm(choice.module, options)
    : createFengariVm(options);
}
