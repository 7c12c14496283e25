/**
 * Writes the entries of one Lua context: adds when they happened and which message and session they
 * belong to, and numbers the spans.
 *
 * The clock is read once for each entry, and the entry's time is the only time that anything else is
 * computed from. The replayer relies on it: it answers each read with the time of the entry that
 * the recording has next.
 */
import type { EntryStamp } from '../kumo/kumo-module.ts';
import type { EntryBody, JsonValue, PolicyFailure } from '../recording/entries.ts';
import type { RuntimeHost } from './runtime-contract.ts';

type Unstamped<B> = B extends unknown ? Omit<B, 'at' | 'message' | 'session'> : never;
/** An entry without what the writer adds to it. */
export type UnstampedEntry = Unstamped<EntryBody>;

/** Numbers of one session never meet those of another, because each session counts in its own range. */
const NUMBERS_PER_SESSION = 2 ** 32;
/** The kumo binding numbers its host calls from 1; the standard library's start here. */
const FIRST_LIBRARY_CALL = 2 ** 31;

export class EntryWriter {
  readonly #host: Pick<RuntimeHost, 'emit' | 'now'>;
  #stamp: EntryStamp;
  #lastSpan = 0;
  #lastCall = FIRST_LIBRARY_CALL;

  constructor(host: Pick<RuntimeHost, 'emit' | 'now'>, session: number | undefined) {
    this.#host = host;
    this.#stamp = {};
    if (session !== undefined) this.stampWith({ session });
  }

  /** Whom the entries belong to now. */
  get stamp(): EntryStamp {
    return this.#stamp;
  }

  /** Says which message and session the following entries belong to. */
  stampWith(stamp: EntryStamp): void {
    if (stamp.session !== undefined && stamp.session !== this.#stamp.session) {
      const first = stamp.session * NUMBERS_PER_SESSION;
      this.#lastSpan = Math.max(this.#lastSpan, first);
      this.#lastCall = Math.max(this.#lastCall, first + FIRST_LIBRARY_CALL);
    }
    this.#stamp = stamp;
  }

  nextSpan(): number {
    return ++this.#lastSpan;
  }

  /** Writes an entry that happened now, and returns when that was. */
  emit(entry: UnstampedEntry): number {
    const at = this.#host.now();
    this.#host.emit({ at, ...this.#stamp, ...entry });
    return at;
  }

  /** The same for an entry that needs the time itself, e.g. for its duration. */
  emitTimed(entryAt: (at: number) => UnstampedEntry): number {
    const at = this.#host.now();
    this.#host.emit({ at, ...this.#stamp, ...entryAt(at) });
    return at;
  }

  emitError(during: string, failure: PolicyFailure): number {
    return this.emit({
      kind: 'error',
      during,
      failure: plainFailure(failure),
      ...(failure.location === undefined ? undefined : { location: failure.location }),
    });
  }

  /** Records an answer from outside Lua that is known at once, as a host call and its result. */
  emitHostAnswer(name: string, input: JsonValue, output: JsonValue): void {
    const call = ++this.#lastCall;
    this.emit({ kind: 'host-call', call, name, input });
    this.emit({ kind: 'host-result', call, name, output, duration_us: 0 });
  }
}

/** Only the fields of a recording's failure. */
export function plainFailure(failure: PolicyFailure): PolicyFailure {
  return {
    text: failure.text,
    summary: failure.summary,
    traceback: failure.traceback,
    ...(failure.location === undefined ? undefined : { location: failure.location }),
  };
}

/** A failure that did not happen on a Lua stack: a conversion error, a missing handler. */
export function failureWithoutTraceback(
  text: string,
  location?: PolicyFailure['location'],
): PolicyFailure {
  return {
    text,
    summary: text.split('\n', 1)[0] ?? text,
    traceback: [],
    ...(location === undefined ? undefined : { location }),
  };
}

/** Microseconds between two times in milliseconds. */
export function microseconds(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) * 1000));
}
