/**
 * When a step is over. A step ends at the next line of the function it began in or of one that called
 * it: in the same thread or, when a coroutine yields or ends, in the one that resumed it. How deep
 * such a function may lie on the stack of its thread goes down as functions return, fail or are
 * replaced by a tail call, so that another function called later from the same line is not mistaken
 * for the one that was left.
 */
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { TraceMask } from '../vm/line-trace.ts';

export type StepKind = 'step-in' | 'step-over' | 'step-out';

/** The depth that a function called by a tail call takes over, asked in the hook of that event. */
export function tailCallDepth(vm: LuaVm, L: LuaState): number {
  // fengari tells of the call before it takes the caller away (ldo.js callhook, lvm.js OP_TAILCALL).
  return vm.stackDepth(L) - (vm.engine === 'fengari' ? 1 : 0);
}

export interface SteppingParts {
  readonly vm: LuaVm;
  readonly setMask: (L: LuaState, mask: TraceMask) => void;
  /** The depth of the innermost Lua function of a thread. */
  readonly luaDepth: (L: LuaState) => number;
  /** The depth of the innermost function of a thread that catches errors, as pcall does; 0: none. */
  readonly catcherDepth: (L: LuaState) => number;
}

export class Stepping {
  private readonly parts: SteppingParts;
  /** The greatest depth of a line that ends the step, by thread. Undefined: no step is under way. */
  private depths: Map<LuaState, number> | undefined;
  private endsAnywhere = false;

  constructor(parts: SteppingParts) {
    this.parts = parts;
  }

  get isActive(): boolean {
    return this.endsAnywhere || this.depths !== undefined;
  }

  /** @param chain the thread that runs, last, and before it those that wait for it. */
  start(kind: StepKind, chain: readonly LuaState[]): void {
    this.cancel();
    if (kind === 'step-in') {
      this.endsAnywhere = true;
      return;
    }
    const { luaDepth, setMask } = this.parts;
    this.depths = new Map();
    for (const [i, L] of chain.entries()) {
      const leaves = kind === 'step-out' && i === chain.length - 1;
      this.depths.set(L, luaDepth(L) - (leaves ? 1 : 0));
      setMask(L, { calls: true, returns: true });
    }
  }

  /** The threads' hooks are put back when they are called the next time: see `LuaDebugger`. */
  cancel(): void {
    this.endsAnywhere = false;
    this.depths = undefined;
  }

  /** Whether the step ends at a line of this thread. */
  endsAt(L: LuaState): boolean {
    if (this.endsAnywhere) return true;
    const deepest = this.depths?.get(L);
    return deepest !== undefined && this.parts.vm.stackDepth(L) <= deepest;
  }

  /** The function on top of the stack returns. */
  returns(L: LuaState): void {
    this.leave(L, this.parts.vm.stackDepth(L));
  }

  /** The function on top of the stack was called in place of its caller. */
  tailCalls(L: LuaState): void {
    this.leave(L, tailCallDepth(this.parts.vm, L));
  }

  /** An error was raised in a thread: it goes on after whoever catches it, or not at all. */
  raises(L: LuaState): void {
    if (this.depths?.has(L) !== true) return;
    this.leave(L, Math.max(1, this.parts.catcherDepth(L)));
  }

  /** A thread was met that was not there before. It may have the place of one that is gone. */
  meets(L: LuaState): void {
    this.depths?.delete(L);
  }

  private leave(L: LuaState, depth: number): void {
    if (this.depths === undefined) return;
    if (L === this.parts.vm.main && depth === 1) {
      // kumod's call is over: the step ends in whatever kumod calls next.
      this.cancel();
      this.endsAnywhere = true;
      return;
    }
    const deepest = this.depths.get(L);
    if (deepest !== undefined && deepest >= depth) this.depths.set(L, depth - 1);
  }
}
