/**
 * One Lua context in a worker thread, as the host sees it. The worker blocks in host calls, the
 * host never does. A deadline or memory limit ends the worker by terminating it; the promise that
 * was waiting then rejects with `PolicyWorkerEnded` after a `limit` entry was emitted.
 */
import type { DebugPart, DebugReport } from '../debug/debug-messages.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import type {
  EntryBody,
  JsonValue,
  PolicyFailure,
  QueueResolution,
  SourceLocation,
} from '../../../lua-runtime/recording/entries.ts';
import type {
  AttemptOutcome,
  HostCallName,
  HostCallResult,
  HostCalls,
  MessageInput,
  ScriptEnd,
  SessionSpec,
} from '../../../lua-runtime/kumod/runtime-contract.ts';

export interface PolicyLimits {
  /** Script time per handler in milliseconds; time spent in host calls does not count. */
  readonly deadlineMs: number;
  readonly memoryBytes: number;
}
export const DEFAULT_LIMITS: PolicyLimits = { deadlineMs: 10_000, memoryBytes: 256 * 1024 * 1024 };

/** On whose behalf a script calls. */
export interface HostCallContext {
  readonly message?: number;
  readonly session?: number;
  /** The number that a publish has got from `publishNumbers`: the script does not wait for the answer. */
  readonly publish?: number;
}

/** Answers host calls. Rejections are bugs of the workbench, not policy errors. */
export type HostCallHandler = <N extends HostCallName>(
  name: N,
  input: HostCalls[N]['input'],
  context: HostCallContext,
) => Promise<HostCallResult<N>> | HostCallResult<N>;

export interface PolicyWorkerOptions {
  readonly engine: EngineId;
  /** Absolute folder; the only one that the script can read from. */
  readonly workspaceRoot: string;
  readonly policyFile: string;
  readonly seed: number;
  readonly environment: { readonly [name: string]: string };
  readonly limits: PolicyLimits;
  readonly handleCall: HostCallHandler;
  /** Of the run's `PublishNumbers`, where publishes need not wait for their answer. */
  readonly publishNumbers?: SharedArrayBuffer;
  /** Entries in order. Those before a host call that is answered arrive before it is handled. */
  readonly onEntries: (entries: readonly EntryBody[]) => void;
  /** All that led to the publishes handled so far has arrived: see `HostCallContext.publish`. */
  readonly onCaughtUp?: () => void;
  /** Debugs the context. */
  readonly debug?: WorkerDebugging;
}

export interface WorkerDebugging {
  readonly part: DebugPart;
  /** Reports in order with the entries. */
  readonly onReport: (report: DebugReport) => void;
}

export type LoadResult =
  { readonly ok: true } | { readonly ok: false; readonly failure: PolicyFailure };

/** Why a worker is gone: a limit, a cancel, or a crash of ours. */
export class PolicyWorkerEnded extends Error {
  override readonly name = 'PolicyWorkerEnded';
  readonly reason: 'deadline' | 'memory' | 'terminated' | 'crashed';
  constructor(reason: 'deadline' | 'memory' | 'terminated' | 'crashed', message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface ScriptWhereabouts {
  /** False while no handler runs, or while it waits for a host call. */
  readonly isRunning: boolean;
  /** The event or method whose handler runs or ran last. */
  readonly during: string;
  readonly position?: SourceLocation;
}

export interface PolicyWorker {
  /** Runs the main chunk in a fresh context. Call first, and again after `endContext`. */
  load(): Promise<LoadResult>;
  /**
   * Resolutions in the order of the names.
   * @param options.record false: without entries, which is much faster for a list of queues
   */
  resolve(
    queues: readonly string[],
    options?: { readonly record: boolean },
  ): Promise<QueueResolution[]>;
  /** Fires an event by hand. */
  fireEvent(event: string, args: readonly JsonValue[]): Promise<ScriptEnd>;
  /** Fires `main` as `kumod --script` does. */
  runScript(args: readonly string[]): Promise<ScriptEnd>;
  openSession(spec: SessionSpec): Promise<void>;
  /**
   * Delivers the messages one after the other in the worker, without a round trip in between.
   * `onOutcome` is called in order, after the entries of that message were emitted. Stops early
   * when an outcome says `session_over`; resolves to how many were delivered.
   */
  deliver(
    messages: readonly MessageInput[],
    onOutcome: (outcome: AttemptOutcome) => void,
  ): Promise<number>;
  /**
   * Calls the connection object's `close` and ends the context. The thread can `load` the next one,
   * which then runs at full speed: a new thread has all of its code to compile anew.
   */
  endContext(): Promise<void>;
  /** Ends the context, then the thread. */
  close(): Promise<void>;
  /** Where the script is, as far as it says so: see script-state.ts. */
  whereabouts(): ScriptWhereabouts;
  /** Ends the thread at once. */
  terminate(): Promise<void>;
}
