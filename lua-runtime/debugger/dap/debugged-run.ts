import type { DebugTarget } from '../debug-target.ts';
import type { LuaThread, Stop } from '../debugger-contract.ts';
import type { ReadLaunch } from './launch-arguments.ts';
import { ReferenceTable } from './reference-table.ts';
import type { RunSources } from './run-sources.ts';

/** One launch, from its target to its end. */
export class DebuggedRun {
  readonly read: ReadLaunch;
  readonly target: DebugTarget;
  readonly sources: RunSources;
  readonly references = new ReferenceTable();
  state: 'configuring' | 'running' | 'stopped' | 'over' = 'configuring';
  /** Why it stands still; of the last time while it runs. */
  stop: Stop | undefined;
  /** As they were when the script last stood still. */
  threads: readonly LuaThread[] = [];
  /** The client asked for its end: it must not stand still at its last line. */
  ending = false;

  constructor(read: ReadLaunch, target: DebugTarget, sources: RunSources) {
    this.read = read;
    this.target = target;
    this.sources = sources;
  }

  /** A movement was refused: it stands where it stood, unless it has moved or ended all the same. */
  staysAt(stop: Stop | undefined): void {
    if (this.state === 'running' && this.stop === stop) this.state = 'stopped';
  }

  get noDebug(): boolean {
    return this.read.noDebug;
  }
}
