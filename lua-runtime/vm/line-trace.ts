/**
 * The hook of a debugger: counts the lines that a vm executes and calls back only where it was asked
 * to, because calling JavaScript for each line would make a script several times slower.
 */
import type { HookEvent, LuaActivation, LuaState } from './lua-vm.ts';

/** What the handler of a trace is called for, in a thread. Line events are always counted. */
export interface TraceMask {
  readonly calls?: boolean;
  readonly returns?: boolean;
  /** Every N instructions. */
  readonly instructions?: number;
}

/** As `Hook`: `line` is -1 for other events than lines. What it throws becomes a Lua error. */
export type TraceHandler = (
  L: LuaState,
  event: HookEvent,
  line: number,
  activation: LuaActivation,
) => void;

export interface LineTrace {
  /** Line events so far, of all threads. May be set back, for lines that are not to count. */
  ticks: number;
  /**
   * The handler is called for each line event from this tick on. 0: for each, Infinity: for none but
   * those of watched lines and the first after another thread ran.
   */
  callFrom: number;
  /** The handler is called at lines of these numbers, in whatever file. Now and then at others. */
  watchLines(lines: Iterable<number>): void;
  /** Further events of a thread and of the coroutines that it makes from now on. */
  setMask(L: LuaState, mask: TraceMask): void;
  stop(): void;
}
