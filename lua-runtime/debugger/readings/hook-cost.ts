/** What a call or return hook costs besides the time that it measures itself. */
import type { LuaVm } from '../../vm/lua-vm.ts';
import { LuaStatus } from '../../vm/lua-vm.ts';
import { encodeUtf8 } from '../../vm/platform.ts';
import { CallNode } from './call-tree.ts';
import { ContextProfile } from './context-profile.ts';

const CALLS = 5_000;
const ROUNDS = 5;
const SCRIPT = `local function empty() end
return function() for _ = 1, ${CALLS} do empty() end end
`;

/**
 * Runs an empty function with the profile's hook and without, and compares.
 *
 * @param vm a fresh engine, which is closed
 * @param now milliseconds
 * @returns microseconds for each hook
 */
export function hookCost(vm: LuaVm, now: () => number): number {
  vm.openLibraries();
  const L = vm.main;
  if (vm.load(L, encodeUtf8(SCRIPT), '=hook-cost') !== LuaStatus.ok) return 0;
  vm.pcall(L, 0, 1);
  const fn = vm.ref(L);
  const run = (): void => {
    vm.pushRef(L, fn);
    vm.pcall(L, 0, 0);
  };
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = now();
    run();
    const plainUs = (now() - started) * 1000;
    const root = new CallNode({ name: 'run', kind: 'root' });
    const profile = new ContextProfile(undefined, root, now, 0);
    profile.librariesOpen(vm);
    profile.beginEvent(root);
    run();
    profile.endEvent();
    vm.setHook(L, undefined, {});
    costs.push(Math.max(0, (totalUs(root) - plainUs) / (2 * CALLS)));
  }
  vm.close();
  // The first rounds are those of a compiler that has not finished.
  return Math.min(...costs);
}

function totalUs(node: CallNode): number {
  return [...node.children.values()].reduce((sum, child) => sum + totalUs(child), node.selfUs);
}
