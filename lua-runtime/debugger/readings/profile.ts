/**
 * The profile of a run: a call tree by call and return hooks while the recording is replayed.
 *
 * What the times are: each stretch between two hooks belongs to the function that ran in it. Time
 * inside the hook is not counted; what the engine needs to get into it and out of it is measured
 * beforehand with an empty function and subtracted from each stretch (`hookCost`). Functions of
 * the engine and of the kumo module are those of the workbench, so theirs are not kumod's. Host calls
 * are answered from the recording at once; they count with the time that they took then.
 *
 * A function that was left by a tail call has ended; the one that was called is its caller's child. One
 * that an error unwinds has ended when the next function is called or returns. A coroutine is a
 * child of the call that resumed it first, and its functions go on there whoever resumes it.
 */
import type { LuaVm } from '../../vm/lua-vm.ts';
import type { Profile } from '../run-reading.ts';
import { CallNode, profileNode, profileRows, sumSelf } from './call-tree.ts';
import { ContextProfile } from './context-profile.ts';
import { hookCost } from './hook-cost.ts';
import type { ContextProgress, ContextReading, Reading } from './reading.ts';

export interface ProfileOptions {
  /** Milliseconds, as fine as there is. */
  readonly now: () => number;
  /** Starts an engine like those of the run, to measure with. */
  readonly createVm: (engine: LuaVm['engine']) => LuaVm;
}

export class ProfileReading implements Reading<Profile> {
  readonly #options: ProfileOptions;
  readonly #root = new CallNode({ name: 'run', kind: 'root' });
  #hookCostUs: number | undefined;

  constructor(options: ProfileOptions) {
    this.#options = options;
  }

  readContext(progress: ContextProgress): ContextReading {
    const { now, createVm } = this.#options;
    this.#hookCostUs ??= hookCost(createVm(progress.engine), now);
    return new ContextProfile(progress, this.#root, now, this.#hookCostUs);
  }

  result(notes: readonly string[]): Profile {
    const root = profileNode(this.#root);
    const isHost = ({ kind }: { readonly kind: string }): boolean => kind === 'host-call';
    return {
      totalUs: sumSelf(root, (node) => !isHost(node)),
      hostUs: sumSelf(root, isHost),
      root,
      functions: profileRows(root),
      ...(notes.length === 0 ? undefined : { notes }),
    };
  }
}
