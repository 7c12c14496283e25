/** From what a person fills in (the Simulate form or the command line) to messages kumod would hold. */
import { BridgeError } from '../bridge/bridge-error.ts';
import type { MessageForm } from '../bridge/runs.ts';
import { addressDomain, parseEnvelopeAddress } from '../../lua-runtime/kumo/envelope-address.ts';
import { createMessageId, messageIdTime } from '../../lua-runtime/kumod/message-id.ts';
import { messageQueueName, parseQueueName } from '../../lua-runtime/kumod/queue-name.ts';
import type { MessageInput } from '../../lua-runtime/kumod/runtime-contract.ts';
import type { JsonValue } from '../../lua-runtime/recording/entries.ts';

/** Makes message number `n` (from 1) of a run. */
export type MessageFactory = (n: number) => MessageInput;

export interface MessageSource {
  readonly queue: string;
  /** Empty: the null sender. */
  readonly sender: string;
  /** Empty: somebody at the domain of the queue. Several are separated by commas. */
  readonly recipient: string;
  readonly meta: { readonly [name: string]: JsonValue };
  /** The whole message, as `kumo.make_message` takes it: nothing is added or converted. */
  readonly data: Uint8Array;
  /** Of the first message of the run, which is as old as it says. Empty: a new one. */
  readonly id?: string | undefined;
  /** Attempts before this one. */
  readonly numAttempts?: number | undefined;
}

/**
 * Headers and body of the form as one message: the header block gets CRLF line ends, the body is
 * kept as it is. Without headers the body alone is the message (a log record, for example).
 */
export function messageSourceOf(form: MessageForm): MessageSource {
  return {
    queue: form.queue,
    sender: form.sender.trim(),
    recipient: form.recipient.trim(),
    meta: form.meta,
    data: messageData(form.headers, form.body),
    id: form.id?.trim(),
    numAttempts: form.numAttempts,
  };
}

/** A message of header lines, which may be none, and a body. */
export function messageData(headers: string, body: string): Uint8Array {
  return new TextEncoder().encode((headers.trim() === '' ? '' : headerBlock(headers)) + body);
}

/**
 * Checks the addresses once and returns the factory. The metadata gets what kumod would have
 * derived the queue from (tenant, campaign, routing_domain), and `queue` itself when those and the
 * recipient's domain lead elsewhere (KumoMTA crates/message/src/message.rs 973-991). Metadata that
 * the person set is never changed. Throws `invalid-input` for what kumod would refuse.
 */
export function createMessageFactory(source: MessageSource, seed: number): MessageFactory {
  if (source.queue === '') {
    throw new BridgeError('invalid-input', 'Name a queue: without one nothing can be asked.');
  }
  checkAddress(source.sender, 'sender');
  const parts = parseQueueName(source.queue);
  const recipients =
    source.recipient === ''
      ? [recipientFor(parts.domain)]
      : source.recipient.split(',').map((address) => address.trim());
  for (const recipient of recipients) checkAddress(recipient, 'recipient');
  if (source.id) checkMessageId(source.id);

  const meta: { [name: string]: JsonValue } = {};
  if (parts.tenant !== undefined) meta.tenant = parts.tenant;
  if (parts.campaign !== undefined) meta.campaign = parts.campaign;
  if (parts.routing_domain !== undefined) meta.routing_domain = parts.routing_domain;
  Object.assign(meta, source.meta);
  if (queueOf(meta, recipients[0] ?? '') !== source.queue) meta.queue = source.queue;

  return (n) => {
    const id = n === 1 ? source.id : undefined;
    const created = (id ? creationOf(id) : undefined) ?? Date.now();
    return {
      message: n,
      id: id || createMessageId(created, n, seed),
      sender: source.sender,
      recipients,
      meta,
      data: source.data,
      num_attempts: source.numAttempts ?? 0,
      created,
      queue: source.queue,
    };
  };
}

/** In the queue's domain; the domain of a queue may be any text, and not every text takes mail. */
function recipientFor(domain: string): string {
  const address = `recipient@${domain}`;
  try {
    parseEnvelopeAddress(address);
    return address;
  } catch {
    return 'recipient@example.com';
  }
}

function queueOf(meta: { [name: string]: JsonValue }, recipient: string): string | undefined {
  try {
    const domain = addressDomain(parseEnvelopeAddress(recipient));
    return messageQueueName((name) => meta[name], domain);
  } catch {
    return undefined;
  }
}

function checkAddress(address: string, role: 'sender' | 'recipient'): void {
  try {
    parseEnvelopeAddress(address);
  } catch {
    throw new BridgeError(
      'invalid-input',
      `The ${role} ${JSON.stringify(address)} is not an address; write it as user@domain.`,
    );
  }
}

/** In milliseconds since the epoch, where the id tells it. */
function creationOf(id: string): number | undefined {
  const time = messageIdTime(id);
  return time && time.seconds * 1000 + time.nanoseconds / 1_000_000;
}

/** Throws `invalid-input` for what is no id as kumod logs it (KumoMTA crates/spool/src/spool_id.rs 14-110). */
export function checkMessageId(id: string): void {
  if (/^[0-9a-f]{32}$/i.test(id)) return;
  throw new BridgeError(
    'invalid-input',
    `The id ${JSON.stringify(id)} is none of kumod's; write its 32 hexadecimal digits, or leave it empty for a new one.`,
  );
}

function headerBlock(headers: string): string {
  const lines = headers.replace(/[\r\n]+$/, '').split(/\r\n|\r|\n/);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
