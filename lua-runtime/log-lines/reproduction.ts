/** From a log record of kumod to the delivery that shows the same again. */
import { createMessageId, messageIdTime } from '../kumod/message-id.ts';
import { parseQueueName } from '../kumod/queue-name.ts';
import type { JsonValue } from '../recording/entries.ts';
import type { LoggedRecord } from './logged-record.ts';

/** What the message was, as far as the record tells. */
export interface LoggedMessage {
  readonly queue: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly meta: { readonly [name: string]: JsonValue };
  /** `Name: value` lines, those that were logged; empty when none were. */
  readonly headers: string;
  /** Tells when it was made, as kumod's ids do; empty when the record tells neither. */
  readonly id: string;
  readonly numAttempts: number;
}

export interface Reproduction {
  readonly message: LoggedMessage;
  /** What the record leaves open or the workbench does otherwise, as sentences. */
  readonly notes: readonly string[];
}

const ENDS_WITHOUT_ATTEMPT: { readonly [type: string]: string } = {
  Reception: 'It tells that kumod took the message in; what a delivery made of it is another line.',
  AdminBounce: 'Somebody bounced it with kcli or the API; no script took part in that.',
  Expiration:
    'It had become too old; the attempts before it are lines of their own, and a retry schedule stands beside the answer.',
  OOB: 'It is a report that another server sent later; the delivery itself is another line.',
  Feedback: 'It is a complaint that came in; the delivery itself is another line.',
  Delayed: 'It tells why the message waits; no attempt was made.',
};

/** @returns why it cannot be delivered again, as a sentence, when it cannot. */
export function reproductionOf(record: LoggedRecord): Reproduction | string {
  if (record.type === 'Rejection') {
    return 'kumod refused this mail while it came in, so it was in no queue and nothing can be delivered.';
  }
  if (record.queue === '') {
    return 'The record names no queue, so there is nothing to ask the policy about.';
  }
  return { message: messageOf(record), notes: notesOf(record) };
}

function messageOf(record: LoggedRecord): LoggedMessage {
  const { queue, sender, recipients, meta, headers, numAttempts } = record;
  return {
    queue,
    sender,
    recipients,
    meta: withoutWhatTheQueueTells(meta, queue),
    headers: headerLines(headers),
    id: idOf(record),
    numAttempts,
  };
}

/** The record's, or another one that is as old. */
function idOf({ id, created }: LoggedRecord): string {
  if (messageIdTime(id) !== undefined) return id.replaceAll('-', '');
  return created === undefined ? '' : createMessageId(created, 0, 0);
}

/** The queue's name sets them anyway. */
function withoutWhatTheQueueTells(meta: LoggedRecord['meta'], queue: string): LoggedRecord['meta'] {
  const parts = parseQueueName(queue);
  return Object.fromEntries(
    Object.entries(meta).filter(
      ([name, value]) => !(name in parts && parts[name as keyof typeof parts] === value),
    ),
  );
}

function headerLines(headers: LoggedRecord['headers']): string {
  return Object.entries(headers)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value])
        .filter((each) => typeof each === 'string')
        .map((each) => `${name}: ${each.replaceAll(/[\r\n]+/g, ' ')}`),
    )
    .join('\n');
}

function notesOf(record: LoggedRecord): string[] {
  const notes: string[] = [];
  const { type, deliveryProtocol, receptionProtocol, size, headers } = record;
  const without = ENDS_WITHOUT_ATTEMPT[type];
  if (without !== undefined) notes.push(without);
  if (deliveryProtocol !== undefined && deliveryProtocol !== 'Lua') {
    notes.push(
      `It was delivered over ${deliveryProtocol}; the workbench delivers only what goes through a script (custom_lua).`,
    );
  }
  notes.push(
    receptionProtocol === 'LogRecord'
      ? 'It carried a log record of another message, which the line does not hold: choose one as the message.'
      : `The line does not hold the message itself${size > 0 ? ` (${size} bytes)` : ''}: here its text is another one${Object.keys(headers).length > 0 ? ', with the headers that were logged' : ''}.`,
  );
  return notes;
}
