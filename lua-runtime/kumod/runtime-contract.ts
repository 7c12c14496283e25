/**
 * What stands between one Lua context and the world. The worker thread provides `RuntimeHost` and
 * drives `PolicyRuntime`; nothing here knows about threads, sockets or files. Every answer that
 * comes from outside Lua passes through `RuntimeHost.call` (or is recorded by the runtime as if it
 * had), so that a recording repeats exactly when its answers are fed back in.
 */
import type {
  EntryBody,
  JsonValue,
  PolicyFailure,
  QueueResolution,
  SourceLocation,
} from '../recording/entries.ts';
import type { LogRecord } from '../recording/log-record.ts';
import type { LuaState } from '../vm/lua-vm.ts';
import type { QueueDecisions } from './queue-decision.ts';

/** The calls that leave the context, with what goes in and out. All of them block the script. */
export interface HostCalls {
  /** `kumo.amqp.build_client(uri)`. Output: the client's number. */
  'amqp.connect': { input: { uri: string }; output: { client: number } };
  /** `client:publish{}`: returns once the frames are handed to the connection. */
  'amqp.publish': { input: { client: number } & PublishRequest; output: { publish: number } };
  /** `confirm:wait()` and the waiting half of `publish_with_timeout`. */
  'amqp.wait_confirm': {
    input: { publish: number; timeout_ms?: number };
    output: { status: 'Ack' | 'Nack' | 'NotRequested'; reply_code?: number; reply_text?: string };
  };
  'amqp.close': { input: { client: number }; output: null };
  /** `kumo.amqp.basic_publish{}`: pooled by connection table; returns after the in-process hand-off. */
  'amqp.basic_publish': {
    input: { connection: AmqpConnectionTable } & PublishRequest;
    output: { publish: number };
  };
}
export type HostCallName = keyof HostCalls;

export interface PublishRequest {
  api: 'amqp.publish' | 'amqp.publish_with_timeout' | 'amqp.basic_publish';
  exchange: string;
  routing_key: string;
  mandatory: boolean;
  immediate: boolean;
  /** AMQP basic properties by their AMQP names (content_type, delivery_mode, headers, …). */
  properties: { [name: string]: JsonValue };
  payload: Uint8Array;
  /** Where the script published, for the publish entry that the host writes. */
  location?: SourceLocation;
}

/** `connection` of basic_publish (KumoMTA crates/mod-amqp/src/amqprs_client.rs 86-116), durations in ms. */
export interface AmqpConnectionTable {
  host: string;
  port: number;
  username: string;
  password: string;
  vhost?: string;
  connection_name?: string;
  heartbeat?: number;
  enable_tls: boolean;
  root_ca_cert?: string;
  client_cert?: string;
  client_private_key?: string;
  confirm_select?: boolean;
  pool_size?: number;
  connect_timeout_ms?: number;
  recycle_timeout_ms?: number;
  wait_timeout_ms?: number;
  publish_timeout_ms?: number;
}

export type HostCallResult<N extends HostCallName> =
  | { readonly ok: true; readonly output: HostCalls[N]['output'] }
  /** `error` is the text that the script sees: kumod's own (lapin, amqprs, deadpool) wording. */
  | { readonly ok: false; readonly error: string };

/** What a Lua context needs from outside. Synchronous: a blocking implementation may wait. */
export interface RuntimeHost {
  /** A workspace file by its path relative to the root, or undefined. Never leaves the workspace. */
  readFile(path: string): Uint8Array | undefined;
  call<N extends HostCallName>(name: N, input: HostCalls[N]['input']): HostCallResult<N>;
  /** Milliseconds since the epoch, with fractions. */
  now(): number;
  /**
   * What the script's own clock says, in whole milliseconds since the epoch; the replayer answers it
   * from the recording. `read` counts the reads of the context from 1. Absent: `now`.
   */
  scriptClock?(read: number): number;
  /** `os.getenv`: only the names that the workspace lists. */
  readonly environment: { readonly [name: string]: string };
  /**
   * True while something runs that is no part of the run, because a debugger evaluates it: it must
   * leave no trace. Absent: never.
   */
  isAside?(): boolean;
  emit(entry: EntryBody): void;
  /**
   * Tells the outside that script time starts and ends, for the deadline. `during` names the event.
   * Not called around time spent in `call`.
   */
  scriptStarts(during: string): void;
  scriptEnds(): void;
  /** Told before the script enters a function of the engine in which no hook fires: see engine-functions.ts. */
  entersEngine?(L: LuaState): void;
}

export interface PolicyOptions {
  /** Relative to the workspace root, `/` separators. Its folder is the policy root for `require`. */
  readonly policyFile: string;
  readonly seed: number;
  /**
   * Tells this context from the others of the run, on the entries that belong to no session.
   * Default: when it was made, in milliseconds since the epoch.
   */
  readonly context?: number;
  /**
   * For a debugger: told of an error that is about to leave the script, while the stack that raised
   * it still stands on this thread. Must leave the stack as it is.
   */
  readonly uncaught?: (L: LuaState) => void;
}

/** kumod counts attempts in 16 bits: KumoMTA crates/message/src/message.rs 132. */
export const MOST_ATTEMPTS = 65_535;

/** A message to deliver, as the form, the command line or a scenario gives it. */
export interface MessageInput {
  /** Which message of the run, from 1: stamped on its entries. */
  readonly message: number;
  readonly id: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly meta: { readonly [name: string]: JsonValue };
  readonly data: Uint8Array;
  readonly num_attempts: number;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** The scheduled queue. */
  readonly queue: string;
}

/** What a session needs to know of the queue it serves; from `PolicyRuntime.resolveQueue`. */
export interface SessionSpec {
  readonly session: number;
  readonly session_id: string;
  readonly nodeid: string;
  readonly resolution: QueueResolution;
}

/**
 * One attempt's end. The host completes it: it waits for outstanding verdicts of the message, adds
 * the loss warnings, and writes the `record` entry last.
 */
export interface AttemptOutcome {
  readonly message: number;
  readonly record: LogRecord;
  readonly next_attempt?: {
    readonly attempt: number;
    readonly delay_seconds: number;
    readonly due: string;
    readonly expires?: true;
  };
  /** What the script was told or told kumod, for the first of the three truths: `250 ok`, `Nack`, `error`. */
  readonly told: string;
  /** True when the session must not be used again (kumod ends it). */
  readonly session_over: boolean;
}

export interface ScriptEnd {
  /** False: nothing is registered for the event, so nothing ran; kumod then ends with success. */
  readonly registered: boolean;
  readonly failure?: PolicyFailure;
}

/** One Lua context with the policy's main chunk run in it. Implemented by policy-context.ts. */
export interface PolicyRuntime {
  /** Runs the multi event get_queue_config for a scheduled queue name and derives what follows. Never throws. */
  resolveQueue(queue: string): QueueResolution;
  /** The same for many queues, and no entries: see `resolutionsOf` for what becomes of the answer. */
  decideQueues(queues: readonly string[]): QueueDecisions;
  /** What `kumod --script -- ARG…` does: fires `main` with the arguments as strings. Never throws. */
  runScript(args: readonly string[]): ScriptEnd;
  /**
   * Fires an event by hand and delivers nothing: see fire-event.ts.
   * @throws Error when get_queue_config gets no domain.
   */
  fireEvent(event: string, args: readonly JsonValue[]): ScriptEnd;
  /** Turns this context into a session. The constructor runs on the first delivery, as in kumod. */
  openSession(spec: SessionSpec): PolicySession;
  close(): void;
}

export interface PolicySession {
  /** Delivers one message (constructor first if due). Never throws for a policy's mistakes. */
  deliver(message: MessageInput): AttemptOutcome;
  /** Calls the connection object's `close`, if any. */
  close(): void;
}
