/**
 * The entries of a recording: everything that happened in a run, in order. The live view, the
 * command line's `--json`, the reports and the replayer read nothing else.
 *
 * Entries are plain JSON. Their keys are snake_case like kumod's own log records, because a
 * recording is an exchange format: `deliver --json` prints one entry a line.
 */
import type { EngineId } from '../vm/lua-vm.ts';
import type { LogRecord } from './log-record.ts';

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A place in a policy. `file` is relative to the workspace root with `/` separators; lines start at 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
}

export interface StackFrame {
  /** As Lua names it: `method 'send'`, `function <init.lua:3>`, `main chunk`, `C function 'pcall'`. */
  readonly function: string;
  /** Absent for frames that are not in a policy file. */
  readonly location?: SourceLocation;
}

/** A Lua value for reading: strings are shown as text, or `{bytes}` (base64) when not UTF-8. */
export type RecordedValue =
  | null
  | boolean
  | number
  | string
  | { readonly integer: string }
  | { readonly bytes: string }
  | { readonly table: readonly (readonly [RecordedValue, RecordedValue])[]; readonly more?: number }
  | { readonly userdata: string; readonly fields?: { readonly [key: string]: JsonValue } }
  | { readonly function: string };

interface EntryBase {
  /** Milliseconds since the epoch, with fractions, taken where it happened. */
  readonly at: number;
  /** Which message of the run, from 1. Absent for what belongs to no message. */
  readonly message?: number;
  /** Which session (Lua context with a constructor) of the run, from 1. */
  readonly session?: number;
  /** Which Lua context, on `message` entries and on those without a session. A recording's own numbers. */
  readonly context?: number;
  readonly location?: SourceLocation;
  /**
   * Line events of the Lua context so far: where in its run this happened. Only in recordings of a
   * debugged run, because nothing else counts them.
   */
  readonly tick?: number;
}

export interface RunEntry extends EntryBase {
  readonly kind: 'run';
  readonly run_id: string;
  readonly policy: string;
  readonly engine: EngineId;
  /** What is simulated: the newest KumoMTA release whose semantics are implemented. */
  readonly kumomta: string;
  readonly broker: {
    readonly profile: string;
    readonly address: string;
    /** Of the embedded broker: which RabbitMQ it was like. */
    readonly dialect?: string;
  };
  readonly confirms: ConfirmVisibility;
  readonly fault?: string;
  /** Of a load run: what was asked for; with `seconds`, `messages` is the most. */
  readonly load?: {
    readonly messages: number;
    readonly seconds?: number;
    readonly sessions: number;
  };
  readonly seed: number;
}

/** What the script sees of a confirm: the broker's verdict, or `NotRequested` as kumod reports. */
export type ConfirmVisibility = 'broker' | 'kumod';

/** A file that the policy loaded, with its text (latin1-decoded bytes) so that a run can be replayed. */
export interface FileEntry extends EntryBase {
  readonly kind: 'file';
  readonly path: string;
  readonly text: string;
}

/** A message was handed to a session, whole, so that a recording can be replayed without its input. */
export interface MessageEntry extends EntryBase {
  readonly kind: 'message';
  readonly queue: string;
  readonly id: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly meta: { readonly [name: string]: JsonValue };
  /** The bytes, latin1-decoded. */
  readonly data: string;
  readonly num_attempts: number;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

/** An event was fired by hand: with everything that went in, so that a recording can be replayed. */
export interface EventEntry extends EntryBase {
  readonly kind: 'event';
  readonly event: string;
  readonly arguments: readonly JsonValue[];
}

/** The main chunk ran in a fresh context. */
export interface LoadEntry extends EntryBase {
  readonly kind: 'load';
  readonly duration_us: number;
  readonly handlers: readonly RegisteredHandler[];
}

export interface RegisteredHandler {
  readonly event: string;
  /** `multi` and `single` are kumod's own; `unknown` is a name kumod never fires and no constructor names. */
  readonly kind: 'multi' | 'single' | 'constructor' | 'unknown';
  readonly location?: SourceLocation;
}

/** kumod called a handler, a constructor or a method of a connection object (`send`, `close`). */
export interface CallEntry extends EntryBase {
  readonly kind: 'call';
  /** Pairs with the `return` entry of the same number; unique in a run. */
  readonly span: number;
  readonly event: string;
  readonly arguments: readonly RecordedValue[];
}

export interface ReturnEntry extends EntryBase {
  readonly kind: 'return';
  readonly span: number;
  readonly event: string;
  /** Empty when nothing was returned, which is not the same as an explicit nil. */
  readonly values: readonly RecordedValue[];
  readonly failed?: true;
  readonly duration_us: number;
}

/** A get_queue_config decision. */
export interface QueueConfigEntry extends EntryBase {
  readonly kind: 'queue-config';
  readonly resolution: QueueResolution;
}

export interface QueueNameParts {
  readonly domain: string;
  readonly tenant?: string;
  readonly campaign?: string;
  readonly routing_domain?: string;
}

export interface QueueResolution {
  /** The scheduled queue, as kumod writes the name. */
  readonly queue: string;
  readonly parts: QueueNameParts;
  /** Where the handler that answered was defined; absent when all fell through or none is registered. */
  readonly handler?: SourceLocation;
  readonly handlers_asked: number;
  /** Every field of the effective config, with defaults, as KumoMTA serialises it. Absent on error. */
  readonly config?: { readonly [field: string]: JsonValue };
  /** The fields that the policy set, by name. */
  readonly fields_set: readonly string[];
  readonly protocol?: ResolvedProtocol;
  readonly egress_pool?: string;
  readonly egress_source?: string;
  readonly ready_queue?: string;
  readonly error?: PolicyFailure;
  readonly duration_us: number;
}

export type ResolvedProtocol =
  | { readonly kind: 'smtp'; readonly mx_list: readonly JsonValue[] }
  | { readonly kind: 'maildir'; readonly path: string }
  | {
      readonly kind: 'custom_lua';
      readonly constructor_event: string;
      readonly batch_size: number;
      readonly min_batch_size: number;
      readonly max_batch_latency: string;
      /** Where the constructor's handler is; absent when nothing is registered under that name. */
      readonly constructor_location?: SourceLocation;
    }
  | { readonly kind: 'xfer'; readonly target: string }
  | { readonly kind: 'null' };

/** An error of the policy, in kumod's words, with where it happened. */
export interface PolicyFailure {
  /** The full text that kumod would log, stack traceback included. */
  readonly text: string;
  /** Its first line without positions. */
  readonly summary: string;
  readonly location?: SourceLocation;
  readonly traceback: readonly StackFrame[];
}

export interface SessionEntry extends EntryBase {
  readonly kind: 'session';
  readonly state: 'opened' | 'failed' | 'disconnected' | 'closed';
  readonly ready_queue: string;
  readonly constructor_event: string;
  readonly reason?: string;
}

/** A call out of the script whose answer comes from outside Lua. Replaying answers it from `host-result`. */
export interface HostCallEntry extends EntryBase {
  readonly kind: 'host-call';
  readonly call: number;
  /** `amqp.connect`, `amqp.publish`, `os.time`, … */
  readonly name: string;
  readonly input: JsonValue;
}

export interface HostResultEntry extends EntryBase {
  readonly kind: 'host-result';
  readonly call: number;
  readonly name: string;
  readonly output?: JsonValue;
  /** The error text that the script saw. */
  readonly error?: string;
  readonly duration_us: number;
}

export interface PrintEntry extends EntryBase {
  readonly kind: 'print';
  readonly source: 'print' | 'log' | 'io';
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly text: string;
}

/** A message left for a broker. */
export interface PublishEntry extends EntryBase {
  readonly kind: 'publish';
  /** Unique in a run; the verdict with the same number answers it. */
  readonly publish: number;
  readonly api: 'amqp.publish' | 'amqp.publish_with_timeout' | 'amqp.basic_publish';
  readonly exchange: string;
  readonly routing_key: string;
  /** What the script asked for; the workbench itself always sets it. */
  readonly mandatory: boolean;
  readonly properties: { readonly [name: string]: JsonValue };
  readonly size: number;
  /** The first part of the payload as text. */
  readonly payload_preview: string;
  /** Present when the frames of its connection were recorded. */
  readonly wire?: WirePlace;
}

/** A publish in the wire trace of the host that made the recording. */
export interface WirePlace {
  /** The connection's number. */
  readonly connection: number;
  /** What the broker confirms it by: publishes of a channel are counted from 1. */
  readonly delivery_tag: number;
}

export type Verdict = 'acked' | 'nacked' | 'unroutable' | 'unconfirmed' | 'failed';

/** What the broker did. Without `publish`: no message could be sent at all (connection refused, login…). */
export interface VerdictEntry extends EntryBase {
  readonly kind: 'verdict';
  readonly publish?: number;
  readonly verdict: Verdict;
  /** AMQP reply code: 312, 404, 403, 530 … */
  readonly reply_code?: number;
  /** The broker's own words. */
  readonly reply_text?: string;
  /** Which row of the cause table: see electron/amqp/client-contract.ts. */
  readonly cause?: string;
  /** What happened and what to do, in one or two sentences. */
  readonly explanation?: string;
  readonly latency_us?: number;
}

export interface RejectEntry extends EntryBase {
  readonly kind: 'reject';
  readonly code: number;
  readonly text: string;
  readonly disconnect?: string;
}

export interface ErrorEntry extends EntryBase {
  readonly kind: 'error';
  /** What kumod was doing: `load`, an event name, `make.amqp`, `send`, `close`. */
  readonly during: string;
  readonly failure: PolicyFailure;
}

export interface WarningEntry extends EntryBase {
  readonly kind: 'warning';
  readonly code: WarningCode;
  readonly text: string;
}

/**
 * `silent-loss`: kumod logs a Delivery and the broker did not keep the message.
 * `possible-loss`: kumod logs a Delivery and the broker never said what it did.
 * `possible-duplicate`: the broker kept the message and kumod will retry it.
 * `cannot-wait`: kumod cannot suspend the script where it calls a function that waits.
 */
export type WarningCode =
  | 'silent-loss'
  | 'possible-loss'
  | 'possible-duplicate'
  | 'unknown-event'
  | 'field-ignored'
  | 'cannot-wait'
  | 'refused';

/** A limit of the workbench ended the script. The last entry of its context. */
export interface LimitEntry extends EntryBase {
  readonly kind: 'limit';
  readonly limit: 'deadline' | 'memory';
  /** Milliseconds for a deadline, bytes for memory. */
  readonly value: number;
  readonly during: string;
  readonly text: string;
}

/**
 * A person touched the script while it stood still in a debugger, at `tick`: evaluated a statement
 * or set a variable. A replay does the same there.
 */
export interface InterventionEntry extends EntryBase {
  readonly kind: 'intervention';
  readonly tick: number;
  /** Within the tick: entries and errors of the context since the line began. Absent: before the line. */
  readonly event?: number;
  /** As it was asked: see debugger/debugger-contract.ts. */
  readonly query:
    | {
        readonly kind: 'evaluate';
        readonly expression: string;
        readonly frame?: number;
        readonly context: 'watch' | 'hover' | 'repl' | 'inline';
      }
    | {
        readonly kind: 'set-variable';
        readonly ref: number;
        readonly name: string;
        readonly value: string;
      };
}

/** The log record that kumod would write: the last entry of a message's attempt. */
export interface RecordEntry extends EntryBase {
  readonly kind: 'record';
  readonly record: LogRecord;
  /** For a TransientFailure: when the next attempt falls due. */
  readonly next_attempt?: NextAttempt;
}

export interface NextAttempt {
  readonly attempt: number;
  readonly delay_seconds: number;
  /** RFC 3339. */
  readonly due: string;
  /** True when the message would expire instead. */
  readonly expires?: true;
}

/**
 * How the messages of a run ended, counted. `messages + interrupted + not_tried` are those that the
 * run was to deliver; the verdicts of a message are counted once, by the worst.
 */
export interface SummaryEntry extends EntryBase {
  readonly kind: 'summary';
  /** Ended in a record. */
  readonly messages: number;
  /** A session had begun with them when the run was cancelled or failed; they have no record. */
  readonly interrupted: number;
  readonly not_tried: number;
  readonly duration_ms: number;
  readonly messages_per_second: number;
  /** Add up to `messages`; `none`: nothing reached a broker. */
  readonly verdicts: { readonly [verdict in Verdict | 'none']: number };
  readonly silent_loss: number;
  readonly possible_loss: number;
  readonly possible_duplicate: number;
  /** By type, the most frequent first; the counts add up to `messages`. */
  readonly records: readonly SummarisedRecords[];
  /** How long the broker took for its verdicts, in microseconds; absent when there was none. */
  readonly latency_us?: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  };
}

export interface SummarisedRecords {
  readonly type: LogRecord['type'];
  readonly count: number;
  /** The most frequent first. Texts that differ only in numbers and ids are one; `content` is the first. */
  readonly reasons: readonly SummarisedReason[];
  /** Records whose reason is not among `reasons`. */
  readonly other_reasons: number;
}

export interface SummarisedReason {
  readonly code: number;
  readonly content: string;
  readonly count: number;
}

export interface EndEntry extends EntryBase {
  readonly kind: 'end';
  readonly messages: number;
  readonly cancelled?: true;
}

export type EntryBody =
  | RunEntry
  | FileEntry
  | MessageEntry
  | EventEntry
  | LoadEntry
  | CallEntry
  | ReturnEntry
  | QueueConfigEntry
  | SessionEntry
  | HostCallEntry
  | HostResultEntry
  | PrintEntry
  | PublishEntry
  | VerdictEntry
  | RejectEntry
  | ErrorEntry
  | WarningEntry
  | LimitEntry
  | InterventionEntry
  | RecordEntry
  | SummaryEntry
  | EndEntry;

/** An entry in its recording: `seq` counts from 1 without gaps. */
export type Entry = EntryBody & { readonly seq: number };
export type EntryKind = EntryBody['kind'];
