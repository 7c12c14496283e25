/**
 * Throttle strings such as `100/h` or `local:1_000/30min,max_burst=10`
 * (KumoMTA crates/throttle/src/lib.rs 83-312).
 */

export interface ThrottleSpec {
  readonly limit: bigint;
  readonly periodSeconds: bigint;
  readonly maxBurst?: bigint;
  readonly local: boolean;
}

const PERIOD_SECONDS: { readonly [unit: string]: bigint | undefined } = {
  s: 1n,
  sec: 1n,
  second: 1n,
  m: 60n,
  min: 60n,
  minute: 60n,
  h: 3600n,
  hr: 3600n,
  hour: 3600n,
  d: 86_400n,
  day: 86_400n,
};
const UNIT_OF: ReadonlyMap<bigint, string> = new Map([
  [86_400n, 'd'],
  [3600n, 'h'],
  [60n, 'm'],
  [1n, 's'],
]);
const MAX_UINT64 = 2n ** 64n - 1n;

/** @throws Error with kumod's text when `text` is not a throttle. */
export function parseThrottleSpec(text: string): ThrottleSpec {
  const local = text.startsWith('local:');
  const withoutPrefix = local ? text.slice('local:'.length) : text;
  const [rate, burst] = splitOnce(withoutPrefix, ',max_burst=');
  const maxBurst = burst === undefined ? undefined : parseCount(burst);

  const [limitText, period] = splitOnce(rate, '/');
  if (period === undefined) throw new Error(`expected 'limit/period', got ${rate}`);
  const periodSeconds = parsePeriod(period);
  const limit = parseCount(limitText);
  if (limit === 0n) {
    throw new Error(`invalid ThrottleSpec \`${rate}\`: limit must be greater than 0!`);
  }
  return { limit, periodSeconds, local, ...(maxBurst === undefined ? {} : { maxBurst }) };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

function parsePeriod(text: string): bigint {
  const digits = /^[0-9]*/.exec(text)?.[0] ?? '';
  const scale = digits === '' ? 1n : BigInt(digits);
  if (scale > MAX_UINT64) throw new Error('number too big');
  const unit = text.slice(digits.length);
  if (unit === '') throw new Error(`invalid period quantity ${text}`);
  const seconds = Object.hasOwn(PERIOD_SECONDS, unit) ? PERIOD_SECONDS[unit] : undefined;
  if (seconds === undefined) throw new Error(`unknown period quantity ${unit}`);
  return seconds * scale;
}

/** A count in which `_` and `,` may group digits; Rust's own integer parser takes a leading `+`. */
function parseCount(text: string): bigint {
  const plain = text.replace(/[_,]/g, '');
  const fail = (why: string): Error => new Error(`invalid limit '${text}': ${why}`);
  if (plain === '') throw fail('cannot parse integer from empty string');
  if (!/^\+?[0-9]+$/.test(plain)) throw fail('invalid digit found in string');
  const value = BigInt(plain.replace('+', ''));
  if (value > MAX_UINT64) throw fail('number too large to fit in target type');
  return value;
}

/** The canonical form: `100/h`, `20/1800s`, `local:5/s,max_burst=1`. */
export function formatThrottleSpec(spec: ThrottleSpec): string {
  const unit = UNIT_OF.get(spec.periodSeconds);
  const period = unit ?? `${String(spec.periodSeconds)}s`;
  const burst = spec.maxBurst === undefined ? '' : `,max_burst=${String(spec.maxBurst)}`;
  return `${spec.local ? 'local:' : ''}${String(spec.limit)}/${period}${burst}`;
}
