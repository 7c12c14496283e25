/**
 * What a scenario expects of a recording. Keys are snake_case like the recording's own, because both
 * are exchange formats. What is left out is not asked, with one exception: a loss that is not
 * expected (`warnings`, `counts`) is a mismatch.
 */
import type { JsonValue, SourceLocation, Verdict, WarningCode } from '../recording/entries.ts';
import type { LogRecord } from '../recording/log-record.ts';

/**
 * A text as it is, a part of it, a regular expression that it matches (JavaScript's, with the flag
 * `su`), or what it holds as JSON: objects may have further keys, everything else must be equal.
 */
export type TextExpectation =
  | string
  | { readonly contains: string }
  | { readonly matches: string }
  | { readonly json: JsonValue };

/** Exactly so many, or a range with both ends included. */
export type CountExpectation =
  number | { readonly at_least?: number | undefined; readonly at_most?: number | undefined };

/** Of every message of the run. */
export interface RecordExpectation {
  readonly type?: LogRecord['type'] | undefined;
  readonly code?: number | undefined;
  readonly content?: TextExpectation | undefined;
  /** How long kumod waits until the next attempt. */
  readonly next_attempt_seconds?: CountExpectation | undefined;
  /** Other fields of kumod's log record, as `json` compares. */
  readonly fields?: { readonly [field: string]: JsonValue } | undefined;
}

export interface VerdictExpectation {
  readonly verdict: Verdict;
  readonly reply_code?: number | undefined;
  readonly reply_text?: TextExpectation | undefined;
}

export interface PublishExpectation {
  readonly exchange?: string | undefined;
  readonly routing_key?: string | undefined;
  readonly mandatory?: boolean | undefined;
  readonly body?: TextExpectation | undefined;
  /** As `json` compares. */
  readonly properties?: { readonly [name: string]: JsonValue } | undefined;
}

/** The decision about the queue. Null expects that there is none of it. */
export interface QueueConfigExpectation {
  readonly protocol?: string | undefined;
  /** The event of a custom_lua protocol. */
  readonly constructor_event?: string | undefined;
  readonly egress_pool?: string | null | undefined;
  readonly egress_source?: string | null | undefined;
  readonly ready_queue?: string | null | undefined;
  /** `init.lua:4`: where the handler stands that answered. */
  readonly handler?: string | null | undefined;
  /** Of the effective config, defaults included, as `json` compares. */
  readonly fields?: { readonly [field: string]: JsonValue } | undefined;
}

export interface ErrorExpectation {
  readonly text?: TextExpectation | undefined;
  /** `init.lua:20`. */
  readonly at?: string | undefined;
}

/** Over the whole run. */
export interface CountsExpectation {
  readonly messages?: CountExpectation | undefined;
  readonly records?:
    { readonly [type in LogRecord['type']]?: CountExpectation | undefined } | undefined;
  /** A message counts once, by the worst; `none`: nothing reached a broker. */
  readonly verdicts?:
    { readonly [verdict in Verdict | 'none']?: CountExpectation | undefined } | undefined;
  readonly silent_loss?: CountExpectation | undefined;
  readonly possible_loss?: CountExpectation | undefined;
  readonly possible_duplicate?: CountExpectation | undefined;
}

export interface Expectations {
  readonly queue_config?: QueueConfigExpectation | undefined;
  readonly record?: RecordExpectation | undefined;
  /** Of every message, in the order in which it was published; all of them. */
  readonly verdicts?: readonly (Verdict | VerdictExpectation)[] | undefined;
  /** Of every message, in order; all of them. */
  readonly publishes?: readonly PublishExpectation[] | undefined;
  /** Each is told somewhere in the run, and no loss besides. */
  readonly warnings?: readonly WarningCode[] | undefined;
  /** Each is printed or logged somewhere in the run. */
  readonly prints?: readonly TextExpectation[] | undefined;
  /** Some error of the run. */
  readonly error?: ErrorExpectation | undefined;
  /** What the handler of an event returned: all of it. Objects may have further keys. */
  readonly returns?: readonly JsonValue[] | undefined;
  readonly counts?: CountsExpectation | undefined;
  /** Why the run cannot go on: the policy does not load, its protocol is not delivered here. */
  readonly problem?: TextExpectation | undefined;
}

/** An expectation that the recording does not meet. */
export interface Mismatch {
  /** `record.code`, `publishes[0].routing_key`. */
  readonly key: string;
  readonly expected: string;
  readonly actual: string;
  /** The line of the policy that it is about, when the recording tells one. */
  readonly location?: SourceLocation;
  /** The first message of the run in which it happened. */
  readonly message?: number;
  /** Messages in which the same was not met; 1 when it is about the run. */
  readonly times: number;
}
