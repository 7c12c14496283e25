/**
 * Runs a recording again: the same policy files, the same messages, and every answer from outside
 * Lua taken from the recording. What comes out is a recording of its own, to be compared with
 * `compareRecordings`.
 */
import { SCRIPT_EVENT } from '../kumod/run-script.ts';
import { createPolicyRuntime } from '../kumod/policy-runtime.ts';
import type { AttemptOutcome, PolicyRuntime, PolicySession } from '../kumod/runtime-contract.ts';
import type { EngineId, LuaVm } from '../vm/lua-vm.ts';
import { latin1Bytes } from './byte-text.ts';
import type { Entry, EntryBody, MessageEntry, QueueResolution, RecordEntry } from './entries.ts';
import { isHostAuthored } from './host-authored.ts';
import { Recorder } from './recorder.ts';
import { threadsOf, type Thread } from './recording-threads.ts';
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
 * @returns the entries of the replay. What a limit cut off is copied, because running it would only
 *   run into the limit again.
 * @throws ReplayImpossible when the recording has no `run` entry.
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
    new ThreadReplay({
      thread,
      all: entries,
      files,
      policyFile: run.policy,
      seed: run.seed,
      createVm: () => options.createVm(engine, run.seed),
      output: (entry) => {
        recorder.record(entry);
      },
    }).run();
  }
  return [...recorder.entries];
}

interface ThreadReplayParts {
  readonly thread: Thread;
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
  readonly #outcomes = new Map<number, AttemptOutcome>();
  readonly #sessions = new Map<number, PolicySession>();
  #runtime: PolicyRuntime | undefined;

  constructor(parts: ThreadReplayParts) {
    this.#parts = parts;
    this.#host = new ReplayHost(parts.thread.entries, parts.files, parts.output, (record) =>
      this.#endOf(record),
    );
  }

  /** Asks the context again for what it was asked for, recognised by the entries that this left. */
  run(): void {
    const { entries } = this.#parts.thread;
    const cutOff = cutOffIndex(entries);
    for (const entry of entries.slice(0, cutOff)) this.#do(entry);
    if (cutOff < entries.length) this.#host.copyRest();
    else this.#host.copyOutsideEntries();
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
      case 'call':
        if (entry.event === SCRIPT_EVENT && entry.session === undefined) {
          this.#runtime?.runScript(entry.arguments.map(String));
        }
        break;
      case 'message':
        this.#deliver(entry);
        break;
      case 'session':
        // With a message it is part of the delivery.
        if (entry.state === 'closed' && entry.message === undefined) {
          this.#sessions.get(entry.session ?? 0)?.close();
        }
        break;
      default:
        break;
    }
  }

  #load(): void {
    const { createVm, policyFile, seed, thread } = this.#parts;
    const load = createPolicyRuntime(createVm(), this.#host, {
      policyFile,
      seed,
      ...(thread.context === undefined ? undefined : { context: thread.context }),
    });
    this.#runtime = load.ok ? load.runtime : undefined;
  }

  #deliver(entry: MessageEntry): void {
    const outcome = this.#session(entry)?.deliver({
      message: entry.message ?? 0,
      id: entry.id,
      sender: entry.sender,
      recipients: entry.recipients,
      meta: entry.meta,
      data: latin1Bytes(entry.data),
      num_attempts: entry.num_attempts,
      created: entry.created,
      queue: entry.queue,
    });
    if (outcome !== undefined) this.#outcomes.set(outcome.message, outcome);
  }

  #session(entry: MessageEntry): PolicySession | undefined {
    const number = entry.session ?? 0;
    const open = this.#sessions.get(number);
    if (open !== undefined) return open;
    const record = entriesOfKind(this.#parts.all, 'record').find(
      ({ session }) => session === entry.session,
    )?.record;
    const resolution = this.#resolutionOf(entry.queue);
    if (resolution === undefined || record === undefined) return undefined;
    const session = this.#runtime?.openSession({
      session: number,
      session_id: record.session_id ?? '',
      nodeid: record.nodeid,
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

  /** The record entry that the replayed attempt ends in; a copy where nothing was replayed. */
  #endOf(recorded: Entry & RecordEntry): EntryBody {
    const outcome = this.#outcomes.get(recorded.message ?? 0);
    if (outcome === undefined || recorded.record.type === 'Expiration') return withoutSeq(recorded);
    return {
      ...withoutSeq(recorded),
      kind: 'record',
      record: outcome.record,
      next_attempt: outcome.next_attempt,
    };
  }
}

/**
 * Where the part begins that was cut off, by a limit or because the recording ends there: the end of
 * the entries when there is none. Running it again could last for ever.
 */
function cutOffIndex(entries: readonly Entry[]): number {
  const returned = new Set(entriesOfKind(entries, 'return').map(({ span }) => span));
  const openCall = entries.findIndex((entry) => entry.kind === 'call' && !returned.has(entry.span));
  const limit = entries.findIndex(({ kind }) => kind === 'limit');
  const last = entries.findLastIndex((entry) => !isHostAuthored(entry));
  let cutOff = entries.length;
  if (limit >= 0) cutOff = limit;
  if (openCall >= 0) cutOff = Math.min(cutOff, openCall);
  if (entries[last]?.kind === 'message') cutOff = Math.min(cutOff, last);
  const { message } = entries[cutOff] ?? {};
  const start = entries.findIndex((entry) => entry.kind === 'message' && entry.message === message);
  return openCall >= 0 && start >= 0 ? Math.min(cutOff, start) : cutOff;
}
