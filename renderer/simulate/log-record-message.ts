import type { LogRecord } from '../../electron/bridge/contract.ts';

/** The kinds of log record that the form offers as a message. */
export const logRecordKinds = [
  'Reception',
  'Delivery',
  'Bounce',
  'TransientFailure',
  'Expiration',
  'OOB',
  'Feedback',
] as const;
export type LogRecordKind = (typeof logRecordKinds)[number];

function isKind(value: unknown): value is LogRecordKind {
  return (logRecordKinds as readonly unknown[]).includes(value);
}

/** Which kind of log record a message's body is, if it is one. */
export function logRecordKindOf(body: string): LogRecordKind | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('type' in parsed)) return undefined;
    return isKind(parsed.type) ? parsed.type : undefined;
  } catch {
    return undefined;
  }
}

type Response = LogRecord['response'];

const responses: Record<LogRecordKind, Response> = {
  Reception: { code: 250, enhanced_code: null, content: '', command: null },
  Delivery: {
    code: 250,
    enhanced_code: { class: 2, subject: 0, detail: 0 },
    content: 'OK ids=7f3c9a52d1e84b0b9d6a4c2e8f1a0b3c',
    command: '.',
  },
  Bounce: {
    code: 550,
    enhanced_code: { class: 5, subject: 1, detail: 1 },
    content: 'mailbox does not exist',
    command: 'RCPT TO:<recipient@example.com>',
  },
  TransientFailure: {
    code: 451,
    enhanced_code: { class: 4, subject: 7, detail: 1 },
    content: 'greylisted, try again later',
    command: 'RCPT TO:<recipient@example.com>',
  },
  Expiration: {
    code: 551,
    enhanced_code: { class: 5, subject: 4, detail: 7 },
    content: 'Next delivery time would be 7days 2h 40m after creation, which exceeds max_age=7days',
    command: null,
  },
  OOB: {
    code: 550,
    enhanced_code: { class: 5, subject: 1, detail: 1 },
    content: 'mailbox does not exist',
    command: null,
  },
  Feedback: { code: 0, enhanced_code: null, content: '', command: null },
};

const overSmtp: ReadonlySet<LogRecordKind> = new Set(['Delivery', 'Bounce', 'TransientFailure']);
const attempts: Partial<Record<LogRecordKind, number>> = { TransientFailure: 1, Expiration: 8 };

/**
 * A plausible log record, as a log hook hands it to a policy (KumoMTA
 * crates/kumo-log-types/src/lib.rs 216-294; reception records have no site, deliveries the ready
 * queue's name).
 *
 * @param at milliseconds since the epoch
 */
export function sampleLogRecord(
  kind: LogRecordKind,
  message: { readonly sender: string; readonly recipient: string },
  at: number,
): LogRecord {
  const smtp = overSmtp.has(kind);
  const created = at - 1500;
  const recipient = message.recipient || 'recipient@example.com';
  const domain = recipient.slice(recipient.lastIndexOf('@') + 1);
  return {
    type: kind,
    id: '7f3c9a52d1e84b0b9d6a4c2e8f1a0b3c',
    sender: message.sender || 'sender@example.com',
    recipient,
    queue: domain,
    site: smtp ? `unspecified->mx.${domain}@smtp_client` : '',
    size: 1047,
    response: responses[kind],
    peer_address: smtp
      ? { name: `mx.${domain}.`, addr: '192.0.2.25' }
      : kind === 'Reception'
        ? { name: 'client.example.com', addr: '192.0.2.9' }
        : null,
    timestamp: Math.floor(at / 1000),
    event_time: new Date(at).toISOString(),
    created: Math.floor(created / 1000),
    created_time: new Date(created).toISOString(),
    num_attempts: attempts[kind] ?? 0,
    bounce_classification:
      kind === 'Bounce' || kind === 'OOB' ? 'InvalidRecipient' : 'Uncategorized',
    egress_pool: smtp ? 'unspecified' : null,
    egress_source: smtp ? 'unspecified' : null,
    source_address: smtp ? { address: '192.0.2.1:0' } : null,
    feedback_report:
      kind === 'Feedback'
        ? { feedback_type: 'abuse', user_agent: 'ExampleLoop/1.0', version: '1' }
        : null,
    meta: {},
    headers: { Subject: 'Spring offer' },
    delivery_protocol: smtp ? 'ESMTP' : null,
    reception_protocol: 'ESMTP',
    nodeid: '3b1f0c52-6a0e-4a6e-9a58-2f6c1d5d7e90',
  };
}
