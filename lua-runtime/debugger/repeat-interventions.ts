/** Does again in a replay what a person did to the script while it was debugged. */
import type { InterventionEntry } from '../recording/entries.ts';
import type { ThreadReplayParts } from '../recording/thread-replay.ts';
import type { LuaVm } from '../vm/lua-vm.ts';
import { NO_BREAKPOINTS } from './debugger-contract.ts';
import { LuaDebugger } from './lua-debugger.ts';
import { observedContextHost } from './observed-context.ts';
import { UNATTENDED_PORT } from './unattended-port.ts';

/**
 * @param createVm starts a fresh engine without libraries.
 * @returns what the replay of the context needs.
 */
export function repeatInterventions(
  interventions: readonly InterventionEntry[],
  createVm: () => LuaVm,
): Pick<ThreadReplayParts, 'createVm' | 'around' | 'uncaught'> {
  let repeating: LuaDebugger | undefined;
  return {
    createVm: () => {
      const vm = createVm();
      const openLibraries = vm.openLibraries.bind(vm);
      vm.openLibraries = () => {
        openLibraries();
        repeating = new LuaDebugger({ vm, port: UNATTENDED_PORT, readFile: () => undefined });
        repeating.attach({ breakpoints: NO_BREAKPOINTS, interventions });
      };
      return vm;
    },
    around: (host) => observedContextHost(host, () => repeating),
    uncaught: (L) => repeating?.uncaught(L),
  };
}
