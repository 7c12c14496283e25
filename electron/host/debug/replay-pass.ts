/**
 * One run of a recorded context in a worker, with a debugger in it. A pass can be left at any time,
 * because it changes nothing outside; its Lua state is thrown away.
 */
import type { RuntimeHost } from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { Entry, EntryBody } from '../../../lua-runtime/recording/entries.ts';
import { isHostAuthored } from '../../../lua-runtime/recording/host-authored.ts';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import { threadsOf } from '../../../lua-runtime/recording/recording-threads.ts';
import type { Thread } from '../../../lua-runtime/recording/recording-threads.ts';
import { ThreadReplay } from '../../../lua-runtime/recording/thread-replay.ts';
import type { LuaState, LuaVm } from '../../../lua-runtime/vm/lua-vm.ts';

/** What is put into a context that is run again. */
export interface Instrument {
  /** Called once the libraries are open and before the policy runs. */
  attach(vm: LuaVm): void;
  around(host: RuntimeHost): RuntimeHost;
  readonly uncaught?: (L: LuaState) => void;
  /** The script wants to do more than is recorded. */
  readonly onEnd: (pass: ReplayPass) => never;
  /** Each entry that comes out: those of the recording in order, and files. */
  readonly onEntry?: (entry: EntryBody) => void;
}

export interface ReplayPassParts {
  /** The recording, or at least what concerns the context, with the run entry. */
  readonly entries: readonly Entry[];
  readonly context: number;
  readonly createVm: (seed: number) => LuaVm;
  readonly instrument: Instrument;
}

/** The recording cannot be shown; `message` says why, as a sentence. */
export class ReplayProblem extends Error {
  override readonly name = 'ReplayProblem';
}

/** Thrown through a script to leave it. Scripts may catch what becomes of it, but not the next one. */
class PassLeft extends Error {
  override readonly name = 'PassLeft';
}

export class ReplayPass {
  readonly #replay: ThreadReplay;
  #isLeft = false;
  #problem: string | undefined;

  /** @throws ReplayProblem when the recording does not hold the context. */
  constructor(parts: ReplayPassParts) {
    const { entries, context, createVm, instrument } = parts;
    const [run] = entriesOfKind(entries, 'run');
    if (run === undefined) {
      throw new ReplayProblem(
        'This recording has no run entry, so its engine and seed are unknown. Record the run again.',
      );
    }
    const thread = threadsOf(entries).find((candidate) => candidate.context === context);
    this.#replay = new ThreadReplay({
      // A context that did nothing yet that is worth an entry has only read its files.
      thread: thread ?? { context, entries: [] },
      all: entries,
      files: filesOf(entries, thread),
      policyFile: run.policy,
      seed: run.seed,
      createVm: () => {
        const vm = createVm(run.seed);
        const openLibraries = vm.openLibraries.bind(vm);
        vm.openLibraries = () => {
          openLibraries();
          instrument.attach(vm);
        };
        return vm;
      },
      output: (entry) => {
        if (!this.#isLeft) instrument.onEntry?.(entry);
      },
      around: (host) => this.#leavable(instrument.around(host)),
      uncaught: instrument.uncaught,
      end: {
        reached: () => {
          this.throwIfLeft();
          return instrument.onEnd(this);
        },
        diverged: (expected, actual) => {
          this.throwIfLeft();
          return this.fail(
            `The script took another way than the recording: entry ${expected.seq} is ${expected.kind} there and ${actual} now. It depends on something that is not recorded.`,
          );
        },
      },
    });
  }

  /** Whether everything that the script did in the recording was done again. */
  get isAtEnd(): boolean {
    return this.#replay.isAtEnd;
  }

  get isLeft(): boolean {
    return this.#isLeft;
  }

  /** Whether there is a context to look at: one that does not load is gone at once. */
  get isOpen(): boolean {
    return this.#replay.isOpen;
  }

  /**
   * @param atEnd called when everything that the context did was done again.
   * @throws ReplayProblem when the recording cannot be repeated.
   */
  run(atEnd?: () => void): void {
    try {
      this.#replay.run();
      if (!this.#isLeft) atEnd?.();
    } catch (error) {
      // A script in between makes a Lua error of it and ends by itself.
      if (!(error instanceof PassLeft)) throw error;
    }
    if (this.#problem !== undefined) throw new ReplayProblem(this.#problem);
  }

  /** To be called last: finalizers of the script run now. */
  close(): void {
    this.#isLeft = true;
    this.#replay.close();
  }

  /** Ends the pass from within its script. */
  leave(): never {
    this.#isLeft = true;
    throw new PassLeft('the replay was left');
  }

  throwIfLeft(): void {
    if (this.#isLeft) this.leave();
  }

  /** kumod's side of a context has no lines at which it could be left. */
  #leavable(host: RuntimeHost): RuntimeHost {
    return {
      ...host,
      emit: (entry) => {
        this.throwIfLeft();
        host.emit(entry);
      },
      scriptStarts: (during) => {
        this.throwIfLeft();
        host.scriptStarts(during);
      },
    };
  }

  fail(problem: string): never {
    this.#problem ??= problem;
    return this.leave();
  }
}

/**
 * The files as the context read them: a policy may be saved again while its run is debugged, and the
 * contexts that come later load the new text.
 */
function filesOf(entries: readonly Entry[], thread: Thread | undefined): Map<string, string> {
  const threads = threadsOf(entries).filter(({ context }) => context !== undefined);
  const isNewest = thread === undefined || threads.at(-1)?.context === thread.context;
  const last = thread?.entries.findLast((entry) => !isHostAuthored(entry));
  const files = new Map<string, string>();
  for (const { seq, path, text } of entriesOfKind(entries, 'file')) {
    if (isNewest || last === undefined || seq <= last.seq || !files.has(path))
      files.set(path, text);
  }
  return files;
}
