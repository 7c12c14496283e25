/**
 * Runs one Lua context of a recording again: asks it for what it was asked for, and answers what it
 * asks from the recording.
 */
import { createPolicyRuntime } from '../kumod/policy-runtime.ts';
import type {
  AttemptOutcome,
  PolicyOptions,
  PolicyRuntime,
  PolicySession,
  RuntimeHost,
} from '../kumod/runtime-contract.ts';
import type { LuaVm } from '../vm/lua-vm.ts';
import { latin1Bytes } from './byte-text.ts';
import type { Entry, EntryBody, MessageEntry, QueueResolution, RecordEntry } from './entries.ts';
import { isHostAuthored } from './host-authored.ts';
import { entriesOfKind } from './recording-reader.ts';
import type { Thread } from './recording-threads.ts';
import { ReplayHost, withoutSeq, type RecordingEnd } from './replay-host.ts';
import { requestsOf, type ReplayRequest } from './replay-requests.ts';

export interface ThreadReplayParts {
  readonly thread: Thread;
  /** The whole recording, or at least its queue-config and record entries. */
  readonly all: readonly Entry[];
  /** Every recorded file, by path, as latin1 text. */
  readonly files: ReadonlyMap<string, string>;
  readonly policyFile: string;
  readonly seed: number;
  readonly createVm: () => LuaVm;
  readonly output: (entry: EntryBody) => void;
  /** Stands between the runtime and the recording, for whoever wants to see what passes. */
  readonly around?: (host: RuntimeHost) => RuntimeHost;
  readonly uncaught?: PolicyOptions['uncaught'];
  /**
   * The entries may end in the middle of something, which is then run up to there. Absent: what was
   * cut off is copied, because running it again could last for ever.
   */
  readonly end?: RecordingEnd;
}

export class ThreadReplay {
  readonly #parts: ThreadReplayParts;
  readonly #recorded: ReplayHost;
  readonly #host: RuntimeHost;
  readonly #outcomes = new Map<number, AttemptOutcome>();
  readonly #sessions = new Map<number, PolicySession>();
  #runtime: PolicyRuntime | undefined;

  constructor(parts: ThreadReplayParts) {
    this.#parts = parts;
    this.#recorded = new ReplayHost({
      entries: parts.thread.entries,
      files: parts.files,
      output: parts.output,
      endOf: (record) => this.#endOf(record),
      end: parts.end,
    });
    this.#host = parts.around?.(this.#recorded) ?? this.#recorded;
  }

  /** Whether everything that the script did in the recording was done again. */
  get isAtEnd(): boolean {
    return this.#recorded.isAtEnd;
  }

  /** Whether there is a context, which is not so when the policy did not load. */
  get isOpen(): boolean {
    return this.#runtime !== undefined;
  }

  /**
   * Returns when the context has done everything; it stays open for whoever wants to look at it.
   * Throws what `end` throws, unless a Lua script stands in between: then it becomes a Lua error
   * there, and the script may go on for a while.
   */
  run(): void {
    const { end, thread } = this.#parts;
    const { entries } = thread;
    const cutOff = end === undefined ? cutOffIndex(entries) : entries.length;
    if (cutOff > 0) {
      const requests = requestsOf(
        entries.slice(0, cutOff),
        end === undefined ? 'complete' : 'open',
      );
      for (const request of requests) this.#perform(request);
    }
    if (cutOff < entries.length) this.#recorded.copyRest();
    else this.#recorded.copyOutsideEntries();
  }

  close(): void {
    this.#runtime?.close();
    this.#runtime = undefined;
  }

  #perform(request: ReplayRequest): void {
    const runtime = this.#runtime;
    switch (request.kind) {
      case 'load':
        this.#load();
        break;
      case 'resolve':
        runtime?.resolveQueue(request.queue);
        break;
      case 'script':
        runtime?.runScript(request.args);
        break;
      case 'fire':
        runtime?.fireEvent(request.event, request.args);
        break;
      case 'deliver':
        this.#deliver(request.message);
        break;
      case 'close':
        this.#sessions.get(request.session)?.close();
        break;
    }
  }

  #load(): void {
    const { createVm, policyFile, seed, thread, uncaught } = this.#parts;
    const load = createPolicyRuntime(createVm(), this.#host, {
      policyFile,
      seed,
      ...(thread.context === undefined ? undefined : { context: thread.context }),
      ...(uncaught === undefined ? undefined : { uncaught }),
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
    const resolution = this.#resolutionOf(entry.queue);
    if (resolution === undefined) return undefined;
    // Only the log records show these two, so they do not matter while there is none.
    const record = entriesOfKind(this.#parts.all, 'record').find(
      ({ session }) => session === entry.session,
    )?.record;
    const session = this.#runtime?.openSession({
      session: number,
      session_id: record?.session_id ?? '',
      nodeid: record?.nodeid ?? '',
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
 * the entries when there is none, 0 when the context did not even load.
 */
export function cutOffIndex(entries: readonly Entry[]): number {
  const hasLoaded = entries.some(
    (entry) => entry.kind === 'load' || (entry.kind === 'error' && entry.during === 'load'),
  );
  if (!hasLoaded) return 0;
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
