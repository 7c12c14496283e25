/**
 * The world as a recording remembers it: answers host calls, the clock, files and the environment
 * with what was answered then, in the order in which it happened.
 */
import type {
  HostCallName,
  HostCallResult,
  HostCalls,
  RuntimeHost,
} from '../kumod/runtime-contract.ts';
import { CLOCK_CALL, GETENV_CALL } from '../kumod/recorded-library-host.ts';
import { latin1Bytes } from './byte-text.ts';
import type { Entry, EntryBody, JsonValue, RecordEntry } from './entries.ts';
import { isHostAuthored } from './host-authored.ts';

/** What becomes of a replay whose recording may end anywhere. Both leave the script by throwing. */
export interface RecordingEnd {
  /** The script wants to do what the recording does not hold any more. */
  readonly reached: () => never;
  /** The script does something else than the recording says, in its place. */
  readonly diverged: (expected: Entry, actual: string) => never;
}

export interface ReplayHostParts {
  /** Those of one Lua context, without `file` entries. */
  readonly entries: readonly Entry[];
  /** Every recorded file, by path, as latin1 text. */
  readonly files: ReadonlyMap<string, string>;
  /** Gets the replayed entries, with those from outside Lua copied in their places. */
  readonly output: (entry: EntryBody) => void;
  /** What the replay made of the attempt that this record ended. */
  readonly endOf: (record: Entry & RecordEntry) => EntryBody;
  /** Absent: a script that takes another way goes on as well as it can, to be compared afterwards. */
  readonly end?: RecordingEnd | undefined;
}

/** What one Lua context got from outside, and where the replay is in it. */
export class ReplayHost implements RuntimeHost {
  readonly environment: { readonly [name: string]: string };
  readonly #parts: ReplayHostParts;
  readonly #entries: readonly Entry[];
  /** The last entry that the script made. */
  readonly #last: number;
  #next = 0;
  /** The ticks of the context's clock, in order, and how far the replay has read. */
  readonly #ticks: readonly ClockTick[];
  #nextTick = 0;
  #clock: number | undefined;
  #lastTime: number;

  constructor(parts: ReplayHostParts) {
    const { entries } = parts;
    this.#parts = parts;
    this.#entries = entries;
    this.#last = entries.findLastIndex((entry) => !isHostAuthored(entry));
    this.#lastTime = entries[0]?.at ?? 0;
    this.#ticks = ticksOf(entries);
    this.environment = recordedEnvironment(entries);
  }

  /** Whether nothing is left of what the script did. */
  get isAtEnd(): boolean {
    return this.#next > this.#last;
  }

  /** Copies what happened outside Lua up to the next entry that the replay has to produce. */
  copyOutsideEntries(): void {
    for (;;) {
      const entry = this.#entries[this.#next];
      if (entry === undefined || !isHostAuthored(entry)) return;
      const { output, endOf } = this.#parts;
      output(entry.kind === 'record' ? endOf(entry) : withoutSeq(entry));
      this.#next++;
    }
  }

  /** Copies everything that is left, for a part that cannot be run again. */
  copyRest(): void {
    for (const entry of this.#entries.slice(this.#next)) this.#parts.output(withoutSeq(entry));
    this.#next = this.#entries.length;
  }

  emit(body: EntryBody): void {
    if (body.kind !== 'file') {
      this.copyOutsideEntries();
      const recorded = this.#entries[this.#next];
      this.#compareKinds(recorded, body.kind);
      this.#lastTime = recorded?.at ?? this.#lastTime;
      this.#next++;
    }
    this.#parts.output(body);
  }

  /** The time of the entry that comes next: each entry reads the clock once. */
  now(): number {
    for (let i = this.#next; i < this.#entries.length; i++) {
      const entry = this.#entries[i];
      if (entry !== undefined && !isHostAuthored(entry)) return entry.at;
    }
    return this.#lastTime;
  }

  scriptClock(read: number): number {
    for (;;) {
      const tick = this.#ticks[this.#nextTick];
      if (tick === undefined || tick.read > read) break;
      this.#clock = tick.value;
      this.#nextTick++;
    }
    return this.#clock ?? Math.floor(this.now());
  }

  readFile(path: string): Uint8Array | undefined {
    const text = this.#parts.files.get(path);
    return text === undefined ? undefined : latin1Bytes(text);
  }

  /** What the script asked is compared through the host-call entry, where it is recorded. */
  call<N extends HostCallName>(name: N): HostCallResult<N> {
    this.copyOutsideEntries();
    const result = this.#entries[this.#next];
    this.#compareKinds(result, 'host-result');
    if (result?.kind !== 'host-result' || result.name !== name) {
      return {
        ok: false,
        error: `the recording has no answer to ${name} here, because the run took another way`,
      };
    }
    if (result.error !== undefined) return { ok: false, error: result.error };
    return { ok: true, output: result.output as HostCalls[N]['output'] };
  }

  #compareKinds(recorded: Entry | undefined, kind: EntryBody['kind']): void {
    const { end } = this.#parts;
    if (end === undefined) return;
    if (recorded === undefined) return end.reached();
    if (recorded.kind !== kind) end.diverged(recorded, kind);
  }

  scriptStarts(): void {
    // A replay has no deadline: it does what was done within one.
  }

  scriptEnds(): void {
    // See scriptStarts.
  }
}

interface ClockTick {
  readonly read: number;
  readonly value: number;
}

function ticksOf(entries: readonly Entry[]): ClockTick[] {
  const ticks: ClockTick[] = [];
  const reads = new Map<number, number>();
  for (const entry of entries) {
    if (entry.kind === 'host-call' && entry.name === CLOCK_CALL) {
      const read = (entry.input as { readonly read?: JsonValue }).read;
      if (typeof read === 'number') reads.set(entry.call, read);
    }
    if (entry.kind === 'host-result' && typeof entry.output === 'number') {
      const read = reads.get(entry.call);
      if (read !== undefined) ticks.push({ read, value: entry.output });
    }
  }
  return ticks;
}

function recordedEnvironment(entries: readonly Entry[]): { [name: string]: string } {
  const environment: { [name: string]: string } = {};
  entries.forEach((entry, i) => {
    if (entry.kind !== 'host-call' || entry.name !== GETENV_CALL) return;
    const name = (entry.input as { readonly name?: JsonValue }).name;
    const result = entries
      .slice(i + 1)
      .find((later) => later.kind === 'host-result' && later.call === entry.call);
    if (result?.kind !== 'host-result') return;
    if (typeof name === 'string' && typeof result.output === 'string') {
      environment[name] = result.output;
    }
  });
  return environment;
}

/** An entry as it was before the recorder numbered it. */
export function withoutSeq(entry: Entry): EntryBody {
  const body: EntryBody & { seq?: number } = { ...entry };
  delete body.seq;
  return body;
}
