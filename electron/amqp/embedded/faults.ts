/**
 * The faults the embedded broker can be told to have: one grammar for the command line
 * (`--fault`), the window's picker and the broker itself.
 */
import { isReplyCode, replyCodes } from './wire/amqp-error.ts';
import type { ReplyCode } from './wire/amqp-error.ts';

export type Fault =
  | { readonly kind: 'nack' }
  | { readonly kind: 'unroutable' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'block' }
  | { readonly kind: 'close-channel'; readonly code: ReplyCode }
  | { readonly kind: 'close-connection'; readonly code: ReplyCode }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'auth' }
  | { readonly kind: 'vhost' };

export interface FaultChoice {
  /** As on the command line; what follows the colon is a placeholder. */
  readonly spec: string;
  readonly title: string;
  readonly explanation: string;
  /** What follows the colon, when something does. */
  readonly parameter?: { readonly name: string; readonly example: string };
}

/** A day: beyond it a delay is not what was meant. */
const maxDelayMilliseconds = 86_400_000;

/** Every fault, in the order a person meets them: first what happens to a message. */
export const faultChoices: readonly FaultChoice[] = [
  {
    spec: 'nack',
    title: 'Nack',
    explanation: 'The broker refuses every message with basic.nack and keeps none.',
  },
  {
    spec: 'unroutable',
    title: 'Unroutable',
    explanation:
      'No message finds a queue: it is returned with 312 NO_ROUTE when published as mandatory, ' +
      'then acknowledged, and it is gone.',
  },
  {
    spec: 'silent',
    title: 'No confirm',
    explanation: 'The broker keeps the messages and never confirms them.',
  },
  {
    spec: 'delay:MS',
    title: 'Slow confirm',
    explanation: 'The broker keeps the messages and confirms each this much later.',
    parameter: { name: 'Milliseconds', example: '500' },
  },
  {
    spec: 'reset',
    title: 'Connection reset',
    explanation: 'The TCP connection is reset upon a publish, before any confirm.',
  },
  {
    spec: 'block',
    title: 'Blocked',
    explanation:
      'The broker reports that it is low on memory (connection.blocked) and takes no publish until the fault is lifted.',
  },
  {
    spec: 'close-channel:CODE',
    title: 'Channel closed',
    explanation: 'The broker closes the channel with this reply code upon a publish.',
    parameter: { name: 'Reply code', example: '404' },
  },
  {
    spec: 'close-connection:CODE',
    title: 'Connection closed',
    explanation: 'The broker closes the connection with this reply code upon a publish.',
    parameter: { name: 'Reply code', example: '320' },
  },
  {
    spec: 'refuse',
    title: 'Connection refused',
    explanation: 'The broker drops all connections and does not listen until the fault is lifted.',
  },
  {
    spec: 'auth',
    title: 'Login refused',
    explanation: 'Every new connection is refused with 403 ACCESS_REFUSED, whatever its password.',
  },
  {
    spec: 'vhost',
    title: 'Virtual host missing',
    explanation:
      'Every new connection is refused with 530 NOT_ALLOWED, as if its virtual host were not there.',
  },
];

/** Reads `nack`, `delay:500`, `close-channel:404` and so on. Throws `Error` with what would be valid. */
export function parseFault(text: string): Fault {
  const colon = text.indexOf(':');
  const kind = (colon < 0 ? text : text.slice(0, colon)).trim();
  const parameter = colon < 0 ? undefined : text.slice(colon + 1).trim();
  switch (kind) {
    case 'nack':
    case 'unroutable':
    case 'silent':
    case 'reset':
    case 'block':
    case 'refuse':
    case 'auth':
    case 'vhost':
      if (parameter !== undefined) {
        throw new Error(`The fault '${kind}' takes nothing after it; write just '${kind}'.`);
      }
      return { kind };
    case 'delay':
      return { kind, milliseconds: parseDelay(parameter) };
    case 'close-channel':
    case 'close-connection':
      return { kind, code: parseCode(kind, parameter) };
    default:
      throw new Error(
        `'${text}' is not a fault; use one of ${faultChoices.map(({ spec }) => spec).join(', ')}.`,
      );
  }
}

/** The text `parseFault` reads back to the same fault. */
export function formatFault(fault: Fault): string {
  switch (fault.kind) {
    case 'delay':
      return `delay:${fault.milliseconds}`;
    case 'close-channel':
    case 'close-connection':
      return `${fault.kind}:${fault.code}`;
    default:
      return fault.kind;
  }
}

function parseDelay(parameter: string | undefined): number {
  const milliseconds = wholeNumber(parameter);
  if (milliseconds === undefined || milliseconds > maxDelayMilliseconds) {
    throw new Error(
      `The fault 'delay' needs whole milliseconds up to ${maxDelayMilliseconds} after a colon, as in 'delay:500'.`,
    );
  }
  return milliseconds;
}

function parseCode(kind: string, parameter: string | undefined): ReplyCode {
  const code = wholeNumber(parameter);
  if (code === undefined || !isReplyCode(code)) {
    const example = kind === 'close-channel' ? 404 : 320;
    throw new Error(
      `The fault '${kind}' needs an AMQP reply code after a colon, as in '${kind}:${example}'; the codes are ${replyCodes.join(', ')}.`,
    );
  }
  return code;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
