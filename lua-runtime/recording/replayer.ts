/**
 * Runs a recording again: the same policy files, the same messages, and every answer from outside
 * Lua taken from the recording. What comes out is a recording of its own, to be compared with
 * `compareRecordings`.
 */
import { createPolicyRuntime } from '../kumod/policy-runtime.ts';
import type { PolicyRuntime, PolicySession } from '../kumod/runtime-contract.ts';
import type { EngineId, LuaVm } from '../vm/lua-vm.ts';
import { latin1Bytes } from './byte-text.ts';
import type { Entry, EntryBody, MessageEntry, QueueResolution, RecordEntry } from './entries.ts';
import { Recorder } from './recorder.ts';
import { ReplayHost, withoutSeq } from './replay-host.ts';
import { entriesOfKind } from './recording-reader.ts';

export interface ReplayOptions {
  /** Starts a fresh engine without libraries. */
  readonly createVm: (engine: EngineId, seed: number) => LuaVm;
  /** Replays on another engine than the recording names: that usually diverges. */
  readonly engine?: EngineId;
}

/** The recording cannot be replayed; `message` says why. */
export class ReplayImpossible extends Error {
  override readonly name = 'ReplayImpossible';
}

/**
 * @returns the entries of the replay. A part that ended in a limit or was cut off is left out, because
 *   there is nothing that it must end in.
 * @throws ReplayImpossible when the recording does not begin with a `run` entry.
 */
export function replayRecording(entries: readonly Entry[], options: ReplayOptions): Entry[] {
  const [run] = entriesOfKind(entries, 'run');
  if (run === undefined) {
    throw new ReplayImpossible(
      'This recording has no run entry, so its engine and seed are unknown. Record the run again.',
    );
  }
  const files = new Map(entriesOfKind(entries, 'file').map(({ path, text }) => [path, text]));
  const engine = options.engine ?? run.engine;
  const recorder = new Recorder();
  for (const thread of threadsOf(entries)) {
    const replay = new ThreadReplay({
      entries: thread.entries,
      session: thread.session,
      all: entries,
      files,
      policyFile: run.policy,
      seed: run.seed,
      createVm: () => options.createVm(engine, run.seed),
      output: (entry) => {
        recorder.record(entry);
      },
    });
    replay.run();
  }
  return [...recorder.entries];
}

interface Thread {
  readonly session: number | undefined;
  readonly entries: Entry[];
}

/**
 * One thread for each Lua context that ran by itself: sessions with a context of their own, and all
 * the rest together, in order.
 */
export function threadsOf(entries: readonly Entry[]): Thread[] {
  const ownContext = new Set(
    entries
      .filter(({ kind, session }) => session !== undefined && isContextStart(kind))
      .map(({ session }) => session),
  );
  const threads = new Map<number | undefined, Thread>();
  for (const entry of entries) {
    if (entry.kind === 'file') continue;
    const session = ownContext.has(entry.session) ? entry.session : undefined;
    const thread = threads.get(session) ?? { session, entries: [] };
    threads.set(session, thread);
    thread.entries.push(entry);
  }
  return [...threads.values()];
}

function isContextStart(kind: Entry['kind']): boolean {
  return kind === 'load';
}

interface ThreadReplayParts {
  readonly entries: readonly Entry[];
  readonly session: number | undefined;
  readonly all: readonly Entry[];
  readonly files: ReadonlyMap<string, string>;
  readonly policyFile: string;
  readonly seed: number;
  readonly createVm: () => LuaVm;
  readonly output: (entry: EntryBody) => void;
}

class ThreadReplay {
  readonly #parts: ThreadReplayParts;
  readonly #host: ReplayHost;
  #runtime: PolicyRuntime | undefined;
  readonly #sessions = new Map<number, PolicySession>();
  #message: MessageEntry | undefined;

  constructor(parts: ThreadReplayParts) {
    this.#parts = parts;
    this.#host = new ReplayHost(parts.entries, parts.files, parts.output);
  }

  /** Does again what the host had asked for, recognised by the entry in which each request ends. */
  run(): void {
    for (const entry of this.#parts.entries) {
      if (entry.kind === 'limit') break;
      this.#do(entry);
    }
    this.#host.copyOutsideEntries();
    this.#runtime?.close();
  }

  #do(entry: Entry): void {
    switch (entry.kind) {
      case 'load':
        this.#load();
        break;
      case 'error':
        if (entry.during === 'load') this.#load();
        break;
      case 'queue-config':
        this.#runtime?.resolveQueue(entry.resolution.queue);
        break;
      case 'message':
        this.#message = entry;
        break;
      case 'record':
        this.#deliver(entry);
        break;
      case 'session':
        if (entry.state === 'closed' && entry.message === undefined) {
          this.#sessions.get(entry.session ?? 0)?.close();
        }
        break;
      default:
        break;
    }
  }

  #load(): void {
    const { createVm, policyFile, seed, session } = this.#parts;
    this.#runtime?.close();
    this.#sessions.clear();
    this.#host.contextStarts();
    const load = createPolicyRuntime(createVm(), this.#host, {
      policyFile,
      seed,
      ...(session === undefined ? undefined : { session }),
    });
    this.#runtime = load.ok ? load.runtime : undefined;
  }

  #deliver(recorded: Entry & RecordEntry): void {
    const message = this.#message;
    this.#message = undefined;
    if (message?.message === undefined || message.message !== recorded.message) {
      // Not the end of a delivery in this context, e.g. an Expiration: nothing to run.
      this.#copyRecord(recorded);
      return;
    }
    const session = this.#session(message, recorded);
    if (session === undefined) return;
    const outcome = session.deliver({
      message: message.message,
      id: message.id,
      sender: message.sender,
      recipients: message.recipients,
      meta: message.meta,
      data: latin1Bytes(message.data),
      num_attempts: message.num_attempts,
      created: message.created,
      queue: message.queue,
    });
    this.#host.copyOutsideEntries();
    this.#host.emit({
      ...withoutOutcome(recorded),
      kind: 'record',
      record: outcome.record,
      ...(outcome.next_attempt === undefined ? undefined : { next_attempt: outcome.next_attempt }),
    });
  }

  #copyRecord(recorded: Entry & RecordEntry): void {
    this.#host.copyOutsideEntries();
    this.#host.emit(withoutSeq(recorded));
  }

  #session(message: MessageEntry, recorded: RecordEntry): PolicySession | undefined {
    const number = message.session ?? 0;
    const open = this.#sessions.get(number);
    if (open !== undefined) return open;
    const resolution = this.#resolutionOf(message.queue);
    if (resolution === undefined) return undefined;
    const session = this.#runtime?.openSession({
      session: number,
      session_id: recorded.record.session_id ?? '',
      nodeid: recorded.record.nodeid,
      resolution,
    });
    if (session !== undefined) this.#sessions.set(number, session);
    return session;
  }

  #resolutionOf(queue: string): QueueResolution | undefined {
    return entriesOfKind(this.#parts.all, 'queue-config')
      .map(({ resolution }) => resolution)
      .find((resolution) => resolution.queue === queue && resolution.error === undefined);
  }
}

/** The stamps of a record entry: what the host adds around the outcome. */
function withoutOutcome(entry: Entry & RecordEntry): Omit<EntryBody, 'kind'> & { at: number } {
  const { seq, record, next_attempt: next, kind, ...stamps } = entry;
  void [seq, record, next, kind];
  return stamps;
}
