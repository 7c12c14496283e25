/** What `LuaState` and `LuaActivation` are here: addresses in the memory of the instance. */
import type { LuaActivation, LuaState } from '../lua-vm.ts';

/** Of a thread: its `lua_State*`. */
export const address = (L: LuaState): number => L as unknown as number;
/** The thread at an address. */
export const state = (pointer: number): LuaState => pointer as unknown as LuaState;
/** Of an activation: its `lua_Debug*`. */
export const record = (activation: LuaActivation): number => activation as unknown as number;
