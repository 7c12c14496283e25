/**
 * Message ids: UUIDs of version 1 without dashes, which carry the creation time.
 * KumoMTA crates/spool/src/spool_id.rs 45-110; RFC 9562 section 5.1.
 */

/** 100 ns ticks between 1582-10-15 and 1970-01-01. */
const GREGORIAN_OFFSET_TICKS = 0x01b21dd213814000n;
const TICKS_PER_MILLISECOND = 10_000n;

/**
 * An id for a message made at `created`.
 *
 * @param created milliseconds since the epoch, with fractions.
 * @param counter tells apart messages made at the same time: becomes the clock sequence, and
 *   advances the time by 100 ns per 16384.
 * @param seed fills the node part, so that a run with the same seed repeats its ids.
 */
export function createMessageId(created: number, counter: number, seed: number): string {
  const ticks = toTicks(created) + BigInt(Math.floor(counter / 0x4000));
  const hex = (ticks & 0x0fffffffffffffffn).toString(16).padStart(15, '0');
  const clockSequence = (0x8000 | (counter & 0x3fff)).toString(16);
  return `${hex.slice(7)}${hex.slice(3, 7)}1${hex.slice(0, 3)}${clockSequence}${nodeOf(seed)}`;
}

/** Dashed form of an id, as in `session_id` and `nodeid`. */
export function dashedUuid(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join(
    '-',
  );
}

/** A random-looking UUID of version 4 that depends on its inputs only. Dashed. */
export function seededUuid(seed: number, purpose: string): string {
  const words = [0, 1, 2, 3].map((n) => hash32(`${purpose}/${n}`, seed));
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return dashedUuid(`${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`);
}

export interface MessageIdTime {
  readonly seconds: number;
  /** 0 to 999 999 900. */
  readonly nanoseconds: number;
}

/** When the message of this id was made, or undefined when the id is not a version 1 UUID. */
export function messageIdTime(id: string): MessageIdTime | undefined {
  const hex = id.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{12}1[0-9a-f]{19}$/.test(hex)) return undefined;
  const ticks =
    BigInt(`0x${hex.slice(13, 16)}${hex.slice(8, 12)}${hex.slice(0, 8)}`) - GREGORIAN_OFFSET_TICKS;
  if (ticks < 0n) return undefined;
  return {
    seconds: Number(ticks / 10_000_000n),
    nanoseconds: Number(ticks % 10_000_000n) * 100,
  };
}

/** A 32-bit FNV-1a hash of text and seed, finished with murmur3's mixer so that all bits vary. */
export function hash32(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function toTicks(milliseconds: number): bigint {
  const whole = Math.floor(milliseconds);
  const fraction = Math.floor((milliseconds - whole) * 10_000);
  return BigInt(whole) * TICKS_PER_MILLISECOND + BigInt(fraction) + GREGORIAN_OFFSET_TICKS;
}

/** Six bytes with the multicast bit set: RFC 9562 section 6.10 for a node that is no MAC address. */
function nodeOf(seed: number): string {
  const high = (hash32('node/high', seed) & 0xffff) | 0x0100;
  return (
    high.toString(16).padStart(4, '0') + hash32('node/low', seed).toString(16).padStart(8, '0')
  );
}
