/**
 * The faults the embedded broker can be told to have: one grammar for the command line
 * (`--fault`), the window's picker, scenarios and the broker itself.
 *
 *     FAULT [+ FAULT]…           FAULT = KIND [:PARAMETER] [@CONDITION [,CONDITION]…]
 *
 * `faultHelp` says it to people; `fault-choices.ts` has every kind and every condition.
 */
import { faultChoices } from './fault-choices.ts';
import { formatConditions, parseConditions } from './fault-conditions.ts';
import type { FaultConditions } from './fault-conditions.ts';
import { isReplyCode, replyCodes } from './wire/amqp-error.ts';
import type { ReplyCode } from './wire/amqp-error.ts';

export { faultChoices, faultHelp } from './fault-choices.ts';
export type { FaultChoice } from './fault-choices.ts';

export type FaultKind =
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

/** One fault; without `when` it applies always. */
export type FaultRule = FaultKind & { readonly when?: FaultConditions };

/** One fault, or several of which the first that applies counts; a delay comes on top. */
export type Fault =
  FaultRule | { readonly kind: 'rules'; readonly rules: readonly [FaultRule, ...FaultRule[]] };

/** A day: beyond it a delay is not what was meant. */
const maxDelayMilliseconds = 86_400_000;

/** Reads `nack`, `delay:500`, `nack@n=3+delay:20` and so on. Throws `Error` with what would be valid. */
export function parseFault(text: string): Fault {
  const [first, ...more] = text.split('+').map(parseRule);
  if (first === undefined || more.length === 0) return first ?? parseRule(text);
  return { kind: 'rules', rules: [first, ...more] };
}

/** The text `parseFault` reads back to the same fault. */
export function formatFault(fault: Fault): string {
  return rulesOf(fault).map(formatRule).join('+');
}

/** In the order they were written. */
export function rulesOf(fault: Fault): readonly FaultRule[] {
  return fault.kind === 'rules' ? fault.rules : [fault];
}

function parseRule(text: string): FaultRule {
  const at = text.indexOf('@');
  const kind = parseKind((at < 0 ? text : text.slice(0, at)).trim());
  if (at < 0) return kind;
  const when = parseConditions(text.slice(at + 1), kind.kind, conditionsOf(kind));
  return { ...kind, when };
}

/** `block` and `refuse` are states of the broker; `auth` and `vhost` are about logins, in their order. */
function conditionsOf({ kind }: FaultKind): Parameters<typeof parseConditions>[2] {
  if (kind === 'block' || kind === 'refuse') return ['after', 'for'];
  if (kind === 'auth' || kind === 'vhost') return ['n', 'every', 'p', 'seed', 'after', 'for'];
  return undefined;
}

function formatRule(rule: FaultRule): string {
  const conditions = rule.when === undefined ? '' : formatConditions(rule.when);
  return conditions === '' ? formatKind(rule) : `${formatKind(rule)}@${conditions}`;
}

function parseKind(text: string): FaultKind {
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

function formatKind(fault: FaultKind): string {
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
