/** The numbers that a debugger gives to the threads of a fengari state: see `LuaVm.threadNumber`. */
import type { FengariState } from 'fengari';

/** Collected threads are looked for when so many are known, or twice as many as the last time. */
const MIN_NUMBERED = 64;

export class FengariThreadNumbers {
  private readonly numbers = new WeakMap<FengariState, number>();
  private readonly numbered = new Set<WeakRef<FengariState>>();
  private numberedAtLastLook = MIN_NUMBERED;

  /** 0 for a thread without one. */
  of(L: FengariState): number {
    return this.numbers.get(L) ?? 0;
  }

  set(L: FengariState, number: number): void {
    if (!this.numbers.has(L)) this.numbered.add(new WeakRef(L));
    this.numbers.set(L, number);
    if (this.numbered.size > this.numberedAtLastLook * 2) this.alive();
  }

  /** The threads that were given a number and have not been collected. */
  alive(): FengariState[] {
    const threads: FengariState[] = [];
    for (const reference of this.numbered) {
      const L = reference.deref();
      if (L === undefined) this.numbered.delete(reference);
      else threads.push(L);
    }
    this.numberedAtLastLook = Math.max(MIN_NUMBERED, threads.length);
    return threads;
  }
}
