/**
 * Runs a recording again while it is read, one Lua context after the other, so that a run of a hundred
 * thousand messages needs the memory of a few sessions: a context is replayed as soon as it has ended
 * (kumod ends a session after 1024 messages at the latest), and its entries are forgotten.
 */
import type { RuntimeHost } from '../kumod/runtime-contract.ts';
import type { EngineId, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { Entry, EntryBody, InterventionEntry, QueueConfigEntry, RunEntry } from './entries.ts';
import { isHostAuthored } from './host-authored.ts';
import type { RecordingEnd } from './replay-host.ts';
import { ReplayImpossible } from './replayer.ts';
import { ThreadReplay } from './thread-replay.ts';

/** Entries that wait before contexts that have ended are replayed: several at once share the files. */
const WAITING_ENTRIES = 50_000;

/** Sees one context being replayed. */
export interface ContextReplayObserver {
  /** The engine's libraries are open and nothing has run in it: the moment for hooks. */
  librariesOpen(vm: LuaVm): void;
  /** Each entry as the replay makes it, at the moment it is made. */
  entry(entry: EntryBody): void;
  /** What becomes of a script that does more than, or something else than, was recorded. */
  readonly end: RecordingEnd;
  /** Stands between the runtime and the recording. */
  around?(host: RuntimeHost): RuntimeHost;
  /** See `PolicyOptions.uncaught`. */
  uncaught?(L: LuaState): void;
  /** The context has done everything; the engine is closed next. */
  finished(): void;
}

export interface ReplayStreamOptions {
  /** Starts a fresh engine without libraries. */
  readonly createVm: (engine: EngineId, seed: number) => LuaVm;
  /** A context is about to be replayed. */
  readonly observe: (start: ContextStart) => ContextReplayObserver;
}

export interface ContextStart {
  /** Its number in the recording. */
  readonly context: number;
  readonly run: Entry & RunEntry;
  /** A limit ended it, so that it may not end by itself. */
  readonly isCutOff: boolean;
  /** It told that it ended, so that nothing may come after its last entry. */
  readonly isComplete: boolean;
  /** Every file that was recorded when it ran, by path, as latin1 text. */
  readonly files: ReadonlyMap<string, string>;
  /** What a person did to the script while it was debugged. */
  readonly interventions: readonly InterventionEntry[];
  /** Whether everything recorded was done again. */
  readonly isAtEnd: () => boolean;
}

interface WaitingContext {
  readonly context: number;
  /** Without those from outside Lua, which a replay that nobody compares does not need. */
  readonly entries: Entry[];
  files: Map<string, string>;
  hasLoaded: boolean;
  isCutOff: boolean;
  readonly interventions: InterventionEntry[];
}

/** Push every entry of one recording in order, then `finish`. */
export class ReplayStream {
  readonly #options: ReplayStreamOptions;
  readonly #waiting = new Map<number, WaitingContext>();
  /** Contexts whose last entry has come, as far as one can tell; the oldest first. */
  readonly #ended = new Set<WaitingContext>();
  readonly #contextOfSession = new Map<number, number>();
  readonly #decisions = new Map<string, Entry & QueueConfigEntry>();
  #files = new Map<string, string>();
  #entriesWaiting = 0;
  #run: (Entry & RunEntry) | undefined;

  constructor(options: ReplayStreamOptions) {
    this.#options = options;
  }

  /** Every file that was recorded so far, with its newest text (latin1). */
  get files(): ReadonlyMap<string, string> {
    return this.#files;
  }

  /** @throws ReplayImpossible when contexts come before a `run` entry. */
  push(entry: Entry): void {
    if (entry.kind === 'run') this.#run ??= entry;
    else if (entry.kind === 'file') this.#addFile(entry.path, entry.text);
    else this.#addToContext(entry);
    while (this.#entriesWaiting > WAITING_ENTRIES) {
      const [oldest] = this.#ended;
      if (oldest === undefined) return;
      this.#replay(oldest);
    }
  }

  /**
   * Replays what is left.
   * @throws ReplayImpossible when the recording has no `run` entry.
   */
  finish(): void {
    for (const context of [...this.#ended, ...this.#waiting.values()]) {
      if (this.#waiting.has(context.context)) this.#replay(context);
    }
  }

  #addFile(path: string, text: string): void {
    const known = this.#files.get(path);
    if (known === undefined) {
      this.#files.set(path, text);
      // Whoever loaded before an edit may still load this one.
      for (const { files } of this.#waiting.values()) if (!files.has(path)) files.set(path, text);
    } else if (known !== text) {
      // Edited during the run: contexts that loaded before keep what they loaded.
      this.#files = new Map(this.#files).set(path, text);
      for (const context of this.#waiting.values()) {
        if (!context.hasLoaded) context.files = this.#files;
      }
    }
  }

  #addToContext(entry: Entry): void {
    const number = this.#contextOf(entry);
    if (number === undefined) return;
    if (entry.kind === 'queue-config' && entry.resolution.error === undefined) {
      const { queue } = entry.resolution;
      if (!this.#decisions.has(queue)) this.#decisions.set(queue, entry);
    }
    let context = this.#waiting.get(number);
    if (entry.kind === 'limit' && context !== undefined) {
      context.isCutOff = true;
      this.#ended.add(context);
    }
    if (entry.kind === 'intervention') context?.interventions.push(entry);
    if (isHostAuthored(entry)) return;
    if (context === undefined) {
      context = {
        context: number,
        entries: [],
        files: this.#files,
        hasLoaded: false,
        isCutOff: false,
        interventions: [],
      };
      this.#waiting.set(number, context);
    }
    context.entries.push(entry);
    this.#entriesWaiting++;
    if (entry.kind === 'load') context.hasLoaded = true;
    const mayBeLast =
      entry.kind === 'session' && (entry.state === 'closed' || entry.state === 'failed');
    if (mayBeLast) this.#ended.add(context);
    else this.#ended.delete(context);
  }

  #contextOf({ kind, session, context }: Entry): number | undefined {
    if (kind === 'message' && session !== undefined && context !== undefined) {
      this.#contextOfSession.set(session, context);
    }
    return context ?? (session === undefined ? undefined : this.#contextOfSession.get(session));
  }

  #replay(waiting: WaitingContext): void {
    const { context, entries, files, interventions, isCutOff } = waiting;
    const isComplete = this.#ended.delete(waiting) && !isCutOff;
    this.#waiting.delete(context);
    this.#entriesWaiting -= entries.length;
    const run = this.#run;
    if (run === undefined) {
      throw new ReplayImpossible(
        'This recording has no run entry, so its engine and seed are unknown. Record the run again.',
      );
    }
    const isAtEnd = (): boolean => replay.isAtEnd;
    const observer = this.#options.observe({
      context,
      run,
      isCutOff,
      isComplete,
      files,
      interventions,
      isAtEnd,
    });
    const replay: ThreadReplay = new ThreadReplay({
      thread: { context, entries },
      all: [...this.#decisions.values()],
      files,
      policyFile: run.policy,
      seed: run.seed,
      createVm: () => {
        const vm = this.#options.createVm(run.engine, run.seed);
        const openLibraries = vm.openLibraries.bind(vm);
        vm.openLibraries = () => {
          openLibraries();
          observer.librariesOpen(vm);
        };
        return vm;
      },
      output: (entry) => {
        observer.entry(entry);
      },
      end: observer.end,
      ...(observer.around === undefined ? undefined : { around: observer.around.bind(observer) }),
      ...(observer.uncaught === undefined
        ? undefined
        : { uncaught: observer.uncaught.bind(observer) }),
    });
    try {
      replay.run();
    } catch (error) {
      if (!(error instanceof ReplayStopped)) throw error;
    } finally {
      observer.finished();
      replay.close();
    }
  }
}

/** Thrown by an observer to leave a script; what is left of the context is not replayed. */
export class ReplayStopped extends Error {
  override readonly name = 'ReplayStopped';
}
