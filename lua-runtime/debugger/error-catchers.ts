/** Who would catch an error: the functions of the library on the stacks that do. */
import { nativeFunctionOf } from '../vm/native-function.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LibrarySnapshot } from './library-snapshot.ts';
import type { Threads } from './threads.ts';

/** Equal to nothing that a set of functions could hold. */
const NOTHING = Symbol('nothing');

export class ErrorCatchers {
  private readonly vm: LuaVm;
  private readonly threads: Threads;
  private catchers: ReadonlySet<unknown> = new Set();
  private resumeFunction: unknown = NOTHING;

  constructor(vm: LuaVm, threads: Threads) {
    this.vm = vm;
    this.threads = threads;
  }

  /** Nobody catches anything before this was called. */
  learn(library: LibrarySnapshot): void {
    this.catchers = new Set(['pcall', 'xpcall'].flatMap((name) => library.functionsNamed(name)));
    [this.resumeFunction] = library.functionsNamed('coroutine.resume');
  }

  /** The depth of the innermost function of a thread that catches errors; 0 when there is none. */
  depthIn(L: LuaState): number {
    const { vm } = this;
    const top = vm.stackDepth(L);
    for (let depth = top; depth > 0; depth--) {
      const activation = vm.getStack(L, top - depth);
      if (activation === undefined || vm.instructionAt(L, activation) !== undefined) continue;
      if (this.catchers.has(nativeFunctionOf(vm, L, activation))) return depth;
    }
    return 0;
  }

  /**
   * Whether an error that was raised in the thread that runs leaves the script: nobody catches it
   * there, nor in the threads that wait, as far as it gets to them.
   */
  leavesScript(): boolean {
    const { threads } = this;
    const chain = [...threads.chain()].reverse();
    return chain.every((L, i) => {
      // coroutine.resume gives errors back, the function that coroutine.wrap made raises them again.
      const resumes = i > 0 && this.topFunction(L) === this.resumeFunction;
      return !resumes && this.depthIn(L) === 0;
    });
  }

  private topFunction(L: LuaState): unknown {
    const activation = this.vm.getStack(L, 0);
    return activation === undefined ? undefined : nativeFunctionOf(this.vm, L, activation);
  }
}
