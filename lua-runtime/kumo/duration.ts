/**
 * Durations as kumod's configuration takes them (KumoMTA crates/duration-serde/src/lib.rs 35-88):
 * integers and floats are seconds, strings follow the humantime 2.4.0 grammar.
 */

export interface Duration {
  readonly seconds: number;
  readonly nanos: number;
}

const UNIT_NANOS: ReadonlyMap<string, bigint> = new Map(
  (
    [
      [1n, 'nanos nsec ns'],
      [1_000n, 'usec us µs'],
      [1_000_000n, 'millis msec ms'],
      [1_000_000_000n, 'seconds second secs sec s'],
      [60_000_000_000n, 'minutes minute min mins m'],
      [3_600_000_000_000n, 'hours hour hr hrs h'],
      [86_400_000_000_000n, 'days day d'],
      [604_800_000_000_000n, 'weeks week wk wks w'],
      // 30.44 days and 365.25 days
      [2_630_016_000_000_000n, 'months month M'],
      [31_557_600_000_000_000n, 'years year yr yrs y'],
    ] as const
  ).flatMap(([nanos, names]) => names.split(' ').map((name) => [name, nanos] as const)),
);

const NANOS_PER_SECOND = 1_000_000_000n;
const MAX_UINT64 = 2n ** 64n - 1n;

// Whitespace may stand between the digits of a number, but a unit is one word.
const SPAN = /\s*(\d[\d\s]*)(?:\.([\d\s]*))?([A-Za-zµ]+)/uy;

/** A policy's few duration strings come by again with every queue config. */
const parsed = new Map<string, Duration>();
const MAX_PARSED = 256;

/** Reads one or more `NUMBER UNIT` spans; undefined when `text` is not a duration. */
export function parseDuration(text: string): Duration | undefined {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const duration = parseSpans(text);
  if (duration !== undefined && parsed.size < MAX_PARSED) parsed.set(text, duration);
  return duration;
}

function parseSpans(text: string): Duration | undefined {
  if (text === '0') return { seconds: 0, nanos: 0 };
  let total = 0n;
  let spans = 0;
  SPAN.lastIndex = 0;
  while (!/^\s*$/u.test(text.slice(SPAN.lastIndex))) {
    const match = SPAN.exec(text);
    if (match === null) return undefined;
    const [, whole = '', fraction, unit = ''] = match;
    const nanos = spanNanos(whole, fraction, unit);
    if (nanos === undefined) return undefined;
    total += nanos;
    spans++;
  }
  if (spans === 0 || total / NANOS_PER_SECOND > MAX_UINT64) return undefined;
  return fromNanos(total);
}

function spanNanos(whole: string, fraction: string | undefined, unit: string): bigint | undefined {
  const scale = UNIT_NANOS.get(unit);
  const count = BigInt(whole.replace(/\s/gu, ''));
  if (scale === undefined || count > MAX_UINT64) return undefined;
  if (fraction === undefined) return count * scale;
  const digits = fraction.replace(/\s/gu, '');
  if (digits === '' || scale === 1n) return undefined;
  // Hours and above are computed in whole seconds, the rest in nanoseconds.
  const resolution = scale >= 3_600_000_000_000n ? NANOS_PER_SECOND : 1n;
  const numerator = BigInt(digits) * (scale / resolution);
  const denominator = 10n ** BigInt(digits.length);
  if (numerator > MAX_UINT64 || denominator > MAX_UINT64 || numerator % denominator !== 0n) {
    return undefined;
  }
  return count * scale + (numerator / denominator) * resolution;
}

function fromNanos(nanos: bigint): Duration {
  return {
    seconds: Number(nanos / NANOS_PER_SECOND),
    nanos: Number(nanos % NANOS_PER_SECOND),
  };
}

/** Whole seconds, e.g. a Lua integer. */
export function durationFromSeconds(seconds: number | bigint): Duration {
  return { seconds: Number(seconds), nanos: 0 };
}

/** A finite, non-negative float of seconds, to the nanosecond. */
export function durationFromFloat(seconds: number): Duration {
  const whole = Math.floor(seconds);
  const nanos = Math.round((seconds - whole) * 1e9);
  return nanos === 1_000_000_000 ? { seconds: whole + 1, nanos: 0 } : { seconds: whole, nanos };
}

/** Seconds with fractions. */
export function durationSeconds(duration: Duration): number {
  return duration.seconds + duration.nanos / 1e9;
}

/** Milliseconds with fractions. */
export function durationMilliseconds(duration: Duration): number {
  return duration.seconds * 1000 + duration.nanos / 1e6;
}

const YEAR = 31_557_600;
const MONTH = 2_630_016;
const DAY = 86_400;

/** humantime's output: `1h 30m`, `7days`, `1year 2months`, `0s`. */
export function formatDuration({ seconds, nanos }: Duration): string {
  const parts: string[] = [];
  const plural = (count: number, name: string): void => {
    if (count > 0) parts.push(`${String(count)}${name}${count > 1 ? 's' : ''}`);
  };
  const single = (count: number, name: string): void => {
    if (count > 0) parts.push(`${String(count)}${name}`);
  };
  plural(Math.floor(seconds / YEAR), 'year');
  plural(Math.floor((seconds % YEAR) / MONTH), 'month');
  const withinMonth = (seconds % YEAR) % MONTH;
  plural(Math.floor(withinMonth / DAY), 'day');
  const withinDay = withinMonth % DAY;
  single(Math.floor(withinDay / 3600), 'h');
  single(Math.floor((withinDay % 3600) / 60), 'm');
  single(withinDay % 60, 's');
  single(Math.floor(nanos / 1_000_000), 'ms');
  single(Math.floor(nanos / 1000) % 1000, 'us');
  single(nanos % 1000, 'ns');
  return parts.length === 0 ? '0s' : parts.join(' ');
}
