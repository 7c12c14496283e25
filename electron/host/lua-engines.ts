/** Lua engines in the host's own thread: for compiling only, policies run in workers. */
import { createVm } from '../../lua-runtime/vm/create-vm.ts';
import type { EngineId, LuaVm } from '../../lua-runtime/vm/lua-vm.ts';
import { builtWorkerProgram, lua54ModuleOf } from './worker/worker-program.ts';

/** Without libraries, so that nothing of a script could do anything if it ran. */
export function createLuaVm(engine: EngineId): LuaVm {
  const choice =
    engine === 'lua54'
      ? { engine, module: lua54ModuleOf(builtWorkerProgram()) }
      : ({ engine } as const);
  return createVm(choice, { seed: 1 });
}
