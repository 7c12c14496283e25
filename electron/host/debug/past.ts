/**
 * Looks into the past of a run: one warm thread that runs a recorded context again up to a tick and
 * stands still there. A thread that hangs is replaced.
 */
import type {
  BreakpointPlace,
  BreakpointSet,
  Resume,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { DebugRecording } from './debug-recording.ts';
import { ReplayWorker } from './replay-worker.ts';
import type { ReplayOutcome, ReplayWorkerOptions } from './replay-worker.ts';
import type { EntryTick, ReplayStart } from './replay-messages.ts';

export type PastStart = Omit<ReplayStart, 'pass'>;

export class Past {
  readonly #options: ReplayWorkerOptions;
  readonly #recording: DebugRecording;
  #worker: ReplayWorker;
  #isClosed = false;

  constructor(options: ReplayWorkerOptions, recording: DebugRecording) {
    this.#options = options;
    this.#recording = recording;
    this.#worker = new ReplayWorker(options);
  }

  /** Where the past stands still, while it is shown. */
  get standing(): Stop | undefined {
    return this.#worker.standing;
  }

  get worker(): ReplayWorker {
    return this.#worker;
  }

  /** Hands over what was recorded since, so that going back does not wait for it. */
  update(): void {
    this.#worker.update(this.#recording.entries);
  }

  place(breakpoints: BreakpointSet): Promise<readonly BreakpointPlace[]> {
    return this.#worker.place(breakpoints);
  }

  /** Runs a context; whatever was shown before is left. Rejects with a sentence. */
  async go(start: PastStart): Promise<ReplayOutcome> {
    await this.leave();
    this.update();
    return this.#worker.go(start);
  }

  resume(resume: Resume): Promise<ReplayOutcome> {
    return this.#worker.resume(resume);
  }

  async count(context: number): Promise<readonly EntryTick[]> {
    await this.leave();
    this.update();
    return this.#worker.count(context);
  }

  /** The past is not shown any more. */
  async leave(): Promise<void> {
    const isThere = !this.#worker.hangs && (await this.#worker.leave());
    if (isThere || this.#isClosed) return;
    void this.#worker.end();
    this.#worker = new ReplayWorker(this.#options);
  }

  async end(): Promise<void> {
    this.#isClosed = true;
    await this.#worker.end();
  }
}
