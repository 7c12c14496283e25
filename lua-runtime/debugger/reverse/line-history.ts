/** The newest line of each function that is on a stack: what a step back goes to. */
import type { LuaState, LuaVm } from '../../vm/lua-vm.ts';
import type { Tick } from '../debugger-contract.ts';

export class LineHistory {
  private readonly vm: LuaVm;
  /** By thread and depth. A function that was called anew has none. */
  private readonly ticks = new Map<LuaState, (Tick | undefined)[]>();

  constructor(vm: LuaVm) {
    this.vm = vm;
  }

  line(L: LuaState, tick: Tick): void {
    this.of(L)[this.vm.stackDepth(L)] = tick;
  }

  /** A function was called; it is on top of the stack. */
  called(L: LuaState): void {
    this.of(L)[this.vm.stackDepth(L)] = undefined;
  }

  /** A thread begins that may have the place of one that is gone. */
  forget(L: LuaState): void {
    this.ticks.delete(L);
  }

  /** Of the function at a depth, or the next one below that has a line. */
  newestAt(L: LuaState, depth: number): Tick | undefined {
    const ticks = this.of(L);
    for (let at = depth; at > 0; at--) {
      const tick = ticks[at];
      if (tick !== undefined) return tick;
    }
    return undefined;
  }

  /** Of all functions on the stacks of these threads. */
  newestOf(threads: readonly LuaState[]): Tick | undefined {
    let newest: Tick | undefined;
    for (const L of threads) {
      const depth = this.vm.stackDepth(L);
      for (const tick of this.of(L).slice(0, depth + 1)) {
        if (tick !== undefined && (newest === undefined || tick > newest)) newest = tick;
      }
    }
    return newest;
  }

  private of(L: LuaState): (Tick | undefined)[] {
    let ticks = this.ticks.get(L);
    if (ticks === undefined) {
      ticks = [];
      this.ticks.set(L, ticks);
    }
    return ticks;
  }
}
