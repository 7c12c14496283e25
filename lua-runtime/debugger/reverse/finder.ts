/** The contract between a replay that looks for a place in the past and what it looks for. */
import type { EntryBody } from '../../recording/entries.ts';
import type { LineTrace } from '../../vm/line-trace.ts';
import type { HookEvent, LuaActivation, LuaState } from '../../vm/lua-vm.ts';
import type { Tick } from '../debugger-contract.ts';

/** What one kind of search remembers on the way. */
export interface Finder {
  start(trace: LineTrace): void;
  /** From which tick on `line` is to be called for each line. */
  callFrom(): Tick;
  line(L: LuaState, line: number, activation: LuaActivation, tick: Tick): void;
  called(L: LuaState, event: HookEvent, activation: LuaActivation, tick: Tick): void;
  /** A thread runs its first line. */
  meets?(L: LuaState): void;
  raised?(L: LuaState, tick: Tick): void;
  observe?(entry: EntryBody, tick: Tick): void;
  uncaught?(tick: Tick): void;
  /** At `from`, in the thread that runs there. */
  answer(L: LuaState): Tick | undefined;
}
