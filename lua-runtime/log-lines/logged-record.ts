/**
 * A log record as kumod wrote it, read from what a person pasted: lines of a log file or of
 * `kcli`-like tools, with whatever stands before the JSON (KumoMTA crates/kumo-log-types/src/lib.rs
 * 216-294). Only what is used here is read, and releases that have less are read too.
 */
import type { JsonValue } from '../recording/entries.ts';

export interface LoggedRecord {
  readonly type: string;
  readonly id: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  /** The scheduled queue; empty for a Rejection. */
  readonly queue: string;
  /** The ready queue; empty where there was none. */
  readonly site: string;
  /** In bytes. */
  readonly size: number;
  readonly code: number;
  readonly content: string;
  /** Attempts before this one. */
  readonly numAttempts: number;
  /** Milliseconds since the epoch; undefined when the line does not say. */
  readonly created: number | undefined;
  /** When it was logged, likewise. */
  readonly at: number | undefined;
  readonly deliveryProtocol: string | undefined;
  readonly receptionProtocol: string | undefined;
  readonly meta: { readonly [name: string]: JsonValue };
  readonly headers: { readonly [name: string]: JsonValue };
}

export interface ReadLogLines {
  readonly records: readonly LoggedRecord[];
  /** Lines that are no log record. */
  readonly skipped: number;
  /** Why there is no record, as a sentence; undefined for an empty text too. */
  readonly problem?: string;
}

/** More are cut off: nobody chooses from so many. */
const MOST_RECORDS = 200;

const NO_RECORD =
  'This is no log record of kumod. Paste a line of its log, which begins with {"type": …; a log file is read with zstdcat.';

/** Never throws. */
export function readLogLines(text: string): ReadLogLines {
  if (text.trim() === '') return { records: [], skipped: 0 };
  const whole = parsed(text);
  const candidates =
    whole === undefined ? text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '') : undefined;
  const values = candidates?.map(jsonIn) ?? (Array.isArray(whole) ? whole : [whole]);
  const records = values.map(recordOf).filter((record) => record !== undefined);
  const skipped = values.length - records.length;
  if (records.length > 0) return { records: records.slice(0, MOST_RECORDS), skipped };
  return { records, skipped, problem: problemOf(values) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The JSON object in a line that may begin with a time, a host name and the like. */
function jsonIn(line: string): unknown {
  const start = line.indexOf('{');
  const end = line.lastIndexOf('}');
  return start < 0 || end < start ? undefined : parsed(line.slice(start, end + 1));
}

function problemOf(values: readonly unknown[]): string {
  const object = values.find(isObject);
  if (object === undefined) return NO_RECORD;
  const missing = ['type', 'response'].filter((name) => object[name] === undefined);
  return missing.length === 0
    ? NO_RECORD
    : `This JSON has no ${missing.map((name) => `"${name}"`).join(' and no ')}, which every log record of kumod has. Paste the whole line.`;
}

function recordOf(value: unknown): LoggedRecord | undefined {
  if (!isObject(value) || typeof value.type !== 'string' || !isObject(value.response)) {
    return undefined;
  }
  const { response, recipient } = value;
  const several: readonly unknown[] = Array.isArray(recipient) ? recipient : [recipient];
  return {
    type: value.type,
    id: textOf(value.id),
    sender: textOf(value.sender),
    recipients: several.filter((each) => typeof each === 'string'),
    queue: textOf(value.queue),
    site: textOf(value.site),
    size: numberOf(value.size) ?? 0,
    code: numberOf(response.code) ?? 0,
    content: textOf(response.content),
    numAttempts: numberOf(value.num_attempts) ?? 0,
    created: timeOf(value.created_time, value.created),
    at: timeOf(value.event_time, value.timestamp),
    deliveryProtocol: textOf(value.delivery_protocol) || undefined,
    receptionProtocol: textOf(value.reception_protocol) || undefined,
    meta: objectOf(value.meta),
    headers: objectOf(value.headers),
  };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const objectOf = (value: unknown): { readonly [name: string]: JsonValue } =>
  isObject(value) ? (value as { readonly [name: string]: JsonValue }) : {};

/** RFC 3339 with up to nanoseconds where there is one, else whole seconds. */
function timeOf(exact: unknown, seconds: unknown): number | undefined {
  const time = typeof exact === 'string' ? Date.parse(exact) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  const whole = numberOf(seconds);
  return whole === undefined ? undefined : whole * 1000;
}
