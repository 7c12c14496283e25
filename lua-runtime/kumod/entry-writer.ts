/**
 * Writes the entries of one Lua context: adds when they happened and which message and session they
 * belong to, and numbers the spans.
 *
 * The clock is read once for each entry, and the entry's time is the only time that anything else is
 * computed from. The replayer relies on it: it answers each read with the time of the entry that
 * the recording has next.
 */
import type { EntryStamp } from '../kumo/kumo-module.ts';
import type { EntryBody, JsonValue, MessageEntry, PolicyFailure } from '../recording/entries.ts';
import type { RuntimeHost } from './runtime-contract.ts';

type Unstamped<B> = B extends unknown ? Omit<B, 'at' | 'message' | 'session' | 'context'> : never;
/** An entry without what the writer adds to it. */
export type UnstampedEntry = Unstamped<EntryBody>;
type Stamped = UnstampedEntry & {
  -readonly [K in 'at' | 'message' | 'session' | 'context']?: EntryBody[K];
};

/** Numbers of one session never meet those of another, because each session counts in its own range. */
const NUMBERS_PER_SESSION = 2 ** 32;
/** The kumo binding numbers its host calls from 1; the standard library's start here. */
const FIRST_LIBRARY_CALL = 2 ** 31;

export class EntryWriter {
  readonly #host: Pick<RuntimeHost, 'emit' | 'now'>;
  readonly context: number;
  #stamp: EntryStamp & { readonly context?: number };
  #spans = 0;
  #spansOfSession = 0;
  #libraryCalls = FIRST_LIBRARY_CALL;

  constructor(host: Pick<RuntimeHost, 'emit' | 'now'>, context: number) {
    this.#host = host;
    this.context = context;
    this.#stamp = { context };
  }

  /** Whom the entries belong to now. */
  get stamp(): EntryStamp {
    return this.#stamp;
  }

  /** Says which message and session the following entries belong to. */
  stampWith(stamp: EntryStamp): void {
    this.#stamp = stamp.session === undefined ? { ...stamp, context: this.context } : stamp;
  }

  /** Entries without a session count by themselves, so that they do not depend on when it opened. */
  nextSpan(): number {
    const { session } = this.#stamp;
    return session === undefined
      ? ++this.#spans
      : session * NUMBERS_PER_SESSION + ++this.#spansOfSession;
  }

  /** The time for an entry that is about to be written with `emitAt`. */
  now(): number {
    return this.#host.now();
  }

  /** Writes an entry that happened now, and returns when that was. The entry must be a fresh object. */
  emit(entry: UnstampedEntry): number {
    return this.emitAt(this.#host.now(), entry);
  }

  /** The same for an entry that had to know the time itself, e.g. for its duration. */
  emitAt(at: number, entry: UnstampedEntry): number {
    // Stamped in place: a copy of every entry is a good part of what a short handler costs.
    const stamped = entry as Stamped;
    const { message, session, context } = this.#stamp;
    stamped.at = at;
    if (message !== undefined) stamped.message = message;
    if (session !== undefined) stamped.session = session;
    if (context !== undefined) stamped.context = context;
    this.#host.emit(stamped as EntryBody);
    return at;
  }

  /** The entry that ties a session to its Lua context. */
  emitMessage(entry: Omit<MessageEntry, 'at' | 'message' | 'session' | 'context'>): void {
    this.emit({ ...entry, context: this.context } as UnstampedEntry);
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
    const call = ++this.#libraryCalls;
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
