/**
 * The coroutines of a context: numbers that stay, and which one resumed which. Lua keeps no record of
 * who resumed a coroutine, but it shows in the order in which lines run: a thread that runs while
 * the one before is neither suspended nor dead was resumed by it.
 */
import { LuaStatus } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LuaThread } from './debugger-contract.ts';

export const MAIN_THREAD = 1;

export class Threads {
  private readonly vm: LuaVm;
  private readonly running: LuaState[];
  private lastNumber = MAIN_THREAD;

  constructor(vm: LuaVm) {
    this.vm = vm;
    this.running = [vm.main];
  }

  /** To be told of the thread of each line. @returns true for one that was never seen before. */
  enter(L: LuaState): boolean {
    const { vm, running } = this;
    const isNew = L !== vm.main && vm.threadNumber(L) === 0;
    if (isNew) vm.setThreadNumber(L, ++this.lastNumber);
    if (L === running.at(-1) && !isNew) return false;
    const at = isNew ? -1 : running.lastIndexOf(L);
    if (at >= 0) {
      running.length = at + 1;
    } else {
      this.leaveFinished();
      running.push(L);
    }
    return isNew;
  }

  /** The thread that runs, and before it those that wait for it, the main thread first. */
  chain(): readonly LuaState[] {
    this.leaveFinished();
    return this.running;
  }

  current(): LuaState {
    return this.chain().at(-1) as LuaState;
  }

  /** Every thread that is known and exists. */
  all(): LuaState[] {
    return [this.vm.main, ...this.vm.numberedThreads()];
  }

  numberOf(L: LuaState): number {
    return L === this.vm.main ? MAIN_THREAD : this.vm.threadNumber(L);
  }

  find(number: number): LuaState | undefined {
    if (number === MAIN_THREAD) return this.vm.main;
    return this.vm.numberedThreads().find((L) => this.vm.threadNumber(L) === number);
  }

  /** Those that can run again, and those that died of an error, whose stack can still be looked at. */
  list(): LuaThread[] {
    const threads = this.vm
      .numberedThreads()
      .map((L) => this.describe(L))
      .filter(({ status, failed }) => status !== 'dead' || failed)
      .sort((a, b) => a.id - b.id);
    return [this.describe(this.vm.main), ...threads].map(({ id, name, status }) => ({
      id,
      name,
      status,
    }));
  }

  statusOf(L: LuaState): LuaThread['status'] {
    const { vm } = this;
    if (L === this.current()) return 'running';
    if (this.running.includes(L)) return 'normal';
    const status = vm.threadStatus(L);
    if (status === LuaStatus.yield) return 'suspended';
    if (status !== LuaStatus.ok) return 'dead';
    if (vm.stackDepth(L) > 0) return 'normal';
    // Not started: its function waits on the stack.
    return vm.getTop(L) > 0 ? 'suspended' : 'dead';
  }

  private describe(L: LuaState): LuaThread & { readonly failed: boolean } {
    const id = this.numberOf(L);
    const name = id === MAIN_THREAD ? 'main' : `coroutine ${id}`;
    return {
      id,
      name,
      status: this.statusOf(L),
      failed: this.vm.threadStatus(L) > LuaStatus.yield,
    };
  }

  private leaveFinished(): void {
    const { vm, running } = this;
    for (;;) {
      const last = running.at(-1);
      if (last === undefined || last === vm.main) return;
      if (vm.threadStatus(last) === LuaStatus.ok && vm.stackDepth(last) > 0) return;
      running.pop();
    }
  }
}
