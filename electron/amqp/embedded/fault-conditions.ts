/** When a fault applies: what stands behind its `@`, read and written. */

/** All that are there must hold. */
export interface FaultConditions {
  /** Which of the messages that meet key and exchange, counted from 1 since the fault was set. */
  readonly n?: { readonly from: number; readonly to: number };
  readonly every?: number;
  /** A topic pattern for the routing key. */
  readonly key?: string;
  readonly exchange?: string;
  /** From 0 to 1. */
  readonly probability?: number;
  /** Of the random numbers that decide about `probability`. */
  readonly seed?: number;
  /** Milliseconds since the fault was set. */
  readonly after?: number;
  /** Milliseconds from its start on. */
  readonly for?: number;
}

type ConditionName = 'n' | 'every' | 'key' | 'exchange' | 'p' | 'seed' | 'after' | 'for';

const names: readonly ConditionName[] = [
  'n',
  'every',
  'key',
  'exchange',
  'p',
  'seed',
  'after',
  'for',
];

/** A day: beyond it a time is not what was meant. */
const longestMilliseconds = 86_400_000;

const units: readonly (readonly [suffix: string, milliseconds: number])[] = [
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
];

/**
 * Reads `n=3,key=mail.#`. `fault` names the fault in errors, `allowed` those that make sense for it.
 * Throws `Error` with one sentence that says what would be valid.
 */
export function parseConditions(
  text: string,
  fault: string,
  allowed: readonly ConditionName[] = names,
): FaultConditions {
  const found: { [name in ConditionName]?: string } = {};
  for (const part of text.split(',')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim();
    const known = names.find((candidate) => candidate === name);
    if (known === undefined || equals < 0) {
      throw new Error(
        `'${part}' is not a condition of a fault; write a name and a value, as in n=3, with one of the names ${allowed.join(', ')}.`,
      );
    }
    if (!allowed.includes(known)) {
      throw new Error(
        `The fault '${fault}' is not about messages, so that '${known}' means nothing for it; use ${allowed.join(' or ')}.`,
      );
    }
    if (found[known] !== undefined) {
      throw new Error(`The fault '${fault}' has the condition '${known}' twice; leave one out.`);
    }
    found[known] = decoded(part.slice(equals + 1).trim());
  }
  if (found.seed !== undefined && found.p === undefined) {
    throw new Error(`The seed of '${fault}' is for a probability; add one, as in p=0.1,seed=7.`);
  }
  return {
    ...(found.n !== undefined && { n: parseRange(found.n) }),
    ...(found.every !== undefined && { every: parseCount('every', found.every, 1) }),
    ...(found.key !== undefined && { key: found.key }),
    ...(found.exchange !== undefined && { exchange: found.exchange }),
    ...(found.p !== undefined && { probability: parseShare(found.p) }),
    ...(found.seed !== undefined && { seed: parseCount('seed', found.seed, 0) }),
    ...(found.after !== undefined && { after: parseTime('after', found.after) }),
    ...(found.for !== undefined && { for: parseTime('for', found.for) }),
  };
}

/** What `parseConditions` reads back; empty for none. */
export function formatConditions(conditions: FaultConditions): string {
  const { n, every, key, exchange, probability, seed, after } = conditions;
  return [
    n && `n=${formatRange(n)}`,
    every !== undefined && `every=${every}`,
    key !== undefined && `key=${encoded(key)}`,
    exchange !== undefined && `exchange=${encoded(exchange)}`,
    probability !== undefined && `p=${probability}`,
    seed !== undefined && `seed=${seed}`,
    after !== undefined && `after=${formatTime(after)}`,
    conditions.for !== undefined && `for=${formatTime(conditions.for)}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(',');
}

function parseRange(text: string): { from: number; to: number } {
  const match = /^(\d{1,9})(\.\.(\d{1,9})?)?$/.exec(text);
  const from = Number(match?.[1]);
  const to = match?.[2] === undefined ? from : match[3] === undefined ? Infinity : Number(match[3]);
  if (match === null || from < 1 || to < from) {
    throw new Error(
      `'n=${text}' does not say which messages; write one (n=3), a range (n=3..5) or all from one on (n=3..), counted from 1.`,
    );
  }
  return { from, to };
}

function formatRange({ from, to }: { from: number; to: number }): string {
  return from === to ? String(from) : `${from}..${to === Infinity ? '' : to}`;
}

function parseCount(name: string, text: string, least: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  if (value === undefined || value < least) {
    throw new Error(`'${name}=${text}' needs a whole number from ${least} on, as in ${name}=10.`);
  }
  return value;
}

function parseShare(text: string): number {
  const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
  if (value === undefined || value > 1) {
    throw new Error(`'p=${text}' is not a probability; write a number from 0 to 1, as in p=0.1.`);
  }
  return value;
}

function parseTime(name: string, text: string): number {
  const match = /^(\d{1,12})(ms|s|m|h)$/.exec(text);
  const unit = units.find(([suffix]) => suffix === match?.[2])?.[1];
  const milliseconds = Number(match?.[1]) * (unit ?? NaN);
  if (!(milliseconds <= longestMilliseconds)) {
    throw new Error(
      `'${name}=${text}' is not a time up to a day; write a whole number and ms, s, m or h, as in ${name}=500ms.`,
    );
  }
  return milliseconds;
}

function formatTime(milliseconds: number): string {
  const [suffix, unit] = units.findLast(([, size]) => milliseconds % size === 0) ?? ['ms', 1];
  return milliseconds === 0 ? '0ms' : `${milliseconds / unit}${suffix}`;
}

/** The characters that separate, as `%2C` and the like. */
function encoded(value: string): string {
  return value.replace(/[%,+@]/g, (character) => encodeURIComponent(character));
}

function decoded(value: string): string {
  return value.replace(/%(2C|2B|25|40)/gi, (code) => decodeURIComponent(code));
}
