/**
 * The log records that kumod writes for a delivery attempt, with every field in its serialised
 * order. KumoMTA crates/kumo-log-types/src/lib.rs 216-294, crates/kumod/src/logging/disposition.rs
 * 36-190, crates/rfc5321/src/client_types.rs 171-200.
 */
import type { JsonValue } from '../recording/entries.ts';
import type { LogRecord, LogRecordType } from '../recording/log-record.ts';
import { messageIdTime } from './message-id.ts';

/** What a record says of the message itself. */
export interface RecordedMessage {
  readonly id: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  /** The scheduled queue as kumod computes it when it logs, or the error text of that. */
  readonly queue: string;
  /** Bytes of the message's data. */
  readonly size: number;
  /** Milliseconds since the epoch; counts only when the id carries no time. */
  readonly created: number;
  readonly num_attempts: number;
  /** Metadata `reception_protocol`, if it is a string. */
  readonly reception_protocol: string | null;
}

export interface RecordedAttempt {
  readonly type: LogRecordType;
  readonly code: number;
  readonly enhanced_code: LogRecord['response']['enhanced_code'];
  readonly content: string;
  /** The ready queue; empty for what is decided in the scheduled queue. */
  readonly site: string;
  readonly peer_address: LogRecord['peer_address'];
  /** When it is logged, in milliseconds since the epoch with fractions. */
  readonly at: number;
  readonly egress_pool: string | null;
  readonly egress_source: string | null;
  readonly delivery_protocol: string | null;
  readonly nodeid: string;
  readonly provider_name?: string;
  readonly session_id?: string;
}

/** The peer that kumod names for a Lua connection: lua_deliver.rs 74-80. */
export function luaPeerAddress(constructorEvent: string): LogRecord['peer_address'] {
  return { name: `Lua via ${constructorEvent}`, addr: '0.0.0.0' };
}

export function logRecord(message: RecordedMessage, attempt: RecordedAttempt): LogRecord {
  const event = instantOf(attempt.at);
  const created = messageIdTime(message.id) ?? instantOf(message.created);
  const [onlyRecipient] = message.recipients;
  return {
    type: attempt.type,
    id: message.id,
    sender: message.sender,
    recipient:
      message.recipients.length === 1 && onlyRecipient !== undefined
        ? onlyRecipient
        : message.recipients,
    queue: message.queue,
    site: attempt.site,
    size: message.size,
    response: {
      code: attempt.code,
      enhanced_code: attempt.enhanced_code,
      content: onOneLine(attempt.content),
      command: null,
    },
    peer_address: attempt.peer_address,
    timestamp: event.seconds,
    event_time: rfc3339(event),
    created: created.seconds,
    created_time: rfc3339(created),
    num_attempts: message.num_attempts,
    bounce_classification: 'Uncategorized',
    egress_pool: attempt.egress_pool,
    egress_source: attempt.egress_source,
    source_address: null,
    feedback_report: null,
    meta: {},
    headers: {},
    delivery_protocol: attempt.delivery_protocol,
    reception_protocol: message.reception_protocol,
    nodeid: attempt.nodeid,
    ...(attempt.provider_name === undefined ? undefined : { provider_name: attempt.provider_name }),
    ...(attempt.session_id === undefined ? undefined : { session_id: attempt.session_id }),
  };
}

/**
 * The record that follows the TransientFailure of a message that cannot be retried in time:
 * KumoMTA crates/kumod/src/queue/queue.rs 845-893. `num_attempts` has already been incremented.
 *
 * @param delayedAge age at the next attempt, and `maxAge`, as humantime text.
 */
export function expirationRecord(
  message: RecordedMessage,
  when: {
    readonly at: number;
    readonly delayedAge: string;
    readonly maxAge: string;
    readonly egress_pool: string | null;
    readonly nodeid: string;
    readonly provider_name?: string;
  },
): LogRecord {
  return logRecord(
    { ...message, num_attempts: message.num_attempts + 1 },
    {
      type: 'Expiration',
      code: 551,
      enhanced_code: { class: 5, subject: 4, detail: 7 },
      content: `Next delivery time would be ${when.delayedAge} after creation, which exceeds max_age=${when.maxAge}`,
      site: '',
      peer_address: null,
      at: when.at,
      egress_pool: when.egress_pool,
      egress_source: null,
      delivery_protocol: null,
      nodeid: when.nodeid,
      ...(when.provider_name === undefined ? undefined : { provider_name: when.provider_name }),
    },
  );
}

/** kumod writes a response on one line: each CRLF, CR or LF becomes a space. */
export function onOneLine(content: string): string {
  return content.replace(/\r\n|\r|\n/g, ' ');
}

/** `reception_protocol` of a message's metadata, which only counts when it is text. */
export function receptionProtocol(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

interface Instant {
  readonly seconds: number;
  readonly nanoseconds: number;
}

function instantOf(milliseconds: number): Instant {
  const seconds = Math.floor(milliseconds / 1000);
  const nanoseconds = Math.min(Math.round((milliseconds - seconds * 1000) * 1e6), 999_999_999);
  return { seconds, nanoseconds };
}

/** RFC 3339 in UTC with nine digits of a second. */
function rfc3339(instant: Instant): string {
  const date = new Date(instant.seconds * 1000).toISOString();
  return `${date.slice(0, 19)}.${instant.nanoseconds.toString().padStart(9, '0')}Z`;
}

/** RFC 3339 in UTC with nine digits of a second. @param at milliseconds since the epoch. */
export function rfc3339Time(at: number): string {
  return rfc3339(instantOf(at));
}
