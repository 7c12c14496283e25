/**
 * How Rust and serde print values inside error texts, so that a message here reads as kumod's.
 */

/** `{:?}` of a string: quoted, with Rust's escapes. */
export function rustDebugString(text: string): string {
  const escaped = text.replace(/["\\]|[\p{C}\p{Z}]/gu, (char) => {
    if (char === ' ') return char;
    if (char === '"' || char === '\\') return `\\${char}`;
    if (char === '\n') return '\\n';
    if (char === '\r') return '\\r';
    if (char === '\t') return '\\t';
    if (char === '\0') return '\\0';
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return `"${escaped}"`;
}

interface ShortestDecimal {
  readonly sign: string;
  /** Without leading or trailing zeros; `0` for zero. */
  readonly digits: string;
  /** Of the first digit: 0 for 1.5, 2 for 150. */
  readonly exponent: number;
}

function shortestDecimal(value: number): ShortestDecimal {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  return { sign, digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

/** Positional notation however large the exponent is; integral values have no point. */
function positional({ sign, digits, exponent }: ShortestDecimal): string {
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function nonFinite(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  return undefined;
}

/** `{}` of an f64: never an exponent, no `.0`. */
export function rustDisplayFloat(value: number): string {
  return nonFinite(value) ?? positional(shortestDecimal(value));
}

/** A float as serde names it in `invalid type: floating point …`: always with a point. */
export function serdeFloat(value: number): string {
  const text = rustDisplayFloat(value);
  return Number.isFinite(value) && !text.includes('.') ? `${text}.0` : text;
}

/** A float as serde_json writes it; NaN and infinities are null. */
export function jsonFloat(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  const decimal = shortestDecimal(value);
  const { sign, digits, exponent } = decimal;
  if (exponent >= -5 && exponent < 16) {
    const text = positional(decimal);
    return text.includes('.') ? text : `${text}.0`;
  }
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${sign}${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent))}`;
}

/** Rust's `Utf8Error` for the first invalid sequence, or undefined when `bytes` are UTF-8. */
export function utf8Error(bytes: Uint8Array): string | undefined {
  for (let at = 0; at < bytes.length;) {
    const need = sequenceLength(bytes, at);
    if (need.valid) {
      at += need.length;
      continue;
    }
    return need.incomplete
      ? `incomplete utf-8 byte sequence from index ${String(at)}`
      : `invalid utf-8 sequence of ${String(need.length)} bytes from index ${String(at)}`;
  }
  return undefined;
}

/** One sequence at `at`: its length when valid, else how many bytes of it are wrong (Unicode 3.9, table 3-7). */
function sequenceLength(
  bytes: Uint8Array,
  at: number,
): { valid: boolean; length: number; incomplete?: boolean } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { valid: true, length: 1 };
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : 4;
  if (lead < 0xc2 || lead > 0xf4) return { valid: false, length: 1 };
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return { valid: false, length: i, incomplete: true };
    let low = 0x80;
    let high = 0xbf;
    if (i === 1) {
      if (lead === 0xe0) low = 0xa0;
      if (lead === 0xed) high = 0x9f;
      if (lead === 0xf0) low = 0x90;
      if (lead === 0xf4) high = 0x8f;
    }
    if (byte < low || byte > high) return { valid: false, length: i };
  }
  return { valid: true, length };
}
