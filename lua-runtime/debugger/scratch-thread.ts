/**
 * A Lua thread of the debugger's own, on which it looks at values and evaluates, so that the stacks of
 * the script stay as they are. Made when it is first needed: before, the debugger allocates
 * nothing in Lua, and a run is the same with and without it, addresses included.
 */
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';

/** Stack slots: for values that are looked at, and nested tables of previews. */
const SLOTS = 1000;

export class ScratchThread {
  private readonly vm: LuaVm;
  private thread: LuaState | undefined;
  private anchors = 0;
  private anchored = 0;

  constructor(vm: LuaVm) {
    this.vm = vm;
  }

  get L(): LuaState {
    if (this.thread === undefined) {
      const { vm } = this;
      this.thread = vm.newThread(vm.main);
      vm.ref(vm.main);
      vm.checkStack(this.thread, SLOTS);
      vm.newTable(this.thread);
      this.anchors = vm.ref(this.thread);
    }
    return this.thread;
  }

  /** Whether it is this thread that runs. */
  is(L: LuaState): boolean {
    return L === this.thread;
  }

  /** Keeps the value on top of the stack, which stays there, until `release`. @returns its number. */
  anchor(): number {
    const { vm, L } = this;
    vm.pushRef(L, this.anchors);
    vm.pushValue(L, -2);
    vm.rawSetIndex(L, -2, ++this.anchored);
    vm.pop(L, 1);
    return this.anchored;
  }

  pushAnchored(anchor: number): void {
    const { vm, L } = this;
    vm.pushRef(L, this.anchors);
    vm.rawGetIndex(L, -1, anchor);
    vm.remove(L, -2);
  }

  /** Lets go of everything that was anchored. */
  release(): void {
    if (this.thread === undefined || this.anchored === 0) return;
    const { vm, L } = this;
    vm.setTop(L, 0);
    vm.pushRef(L, this.anchors);
    for (; this.anchored > 0; this.anchored--) {
      vm.pushNil(L);
      vm.rawSetIndex(L, -2, this.anchored);
    }
    vm.setTop(L, 0);
  }

  /** Runs `use` with a clean top of the stack and cleans up after it, whatever happens. */
  using<T>(use: (L: LuaState) => T): T {
    const { vm, L } = this;
    const top = vm.getTop(L);
    try {
      return use(L);
    } finally {
      vm.setTop(L, top);
    }
  }
}
