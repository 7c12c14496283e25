/** What `LuaState` and `LuaActivation` are here: objects of fengari. */
import type { FengariDebug, FengariState } from 'fengari';
import type { LuaActivation, LuaState } from '../lua-vm.ts';

/** fengari's own object of a thread. */
export const inner = (L: LuaState): FengariState => L as unknown as FengariState;
/** The thread of an object of fengari. */
export const outer = (L: FengariState): LuaState => L as unknown as LuaState;
/** fengari's own object of an activation. */
export const record = (activation: LuaActivation): FengariDebug =>
  activation as unknown as FengariDebug;
