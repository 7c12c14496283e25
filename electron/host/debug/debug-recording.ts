/**
 * The recording of a debugged run with what a debugger wants to know of it: which Lua context an entry
 * belongs to, at which tick it happened, and how far each context came.
 */
import type { RunPosition, Tick } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { EntryTick } from './replay-messages.ts';

export type Mark = { readonly tick: Tick; readonly entry: Entry };

/** Where something happened in a run. */
export type RunPlace = Pick<RunPosition, 'context' | 'tick'>;

const WORTH_A_MARK: ReadonlySet<Entry['kind']> = new Set([
  'message',
  'event',
  'load',
  'call',
  'host-call',
  'print',
  'publish',
  'verdict',
  'reject',
  'error',
  'warning',
  'limit',
  'intervention',
  'record',
]);

export class DebugRecording {
  readonly #entries: Entry[] = [];
  readonly #contextOfSession = new Map<number, number>();
  /** The newest tick of each context, in order of the contexts. */
  readonly #lastTicks = new Map<number, Tick>();
  readonly #publishes = new Map<number, RunPlace>();

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The contexts of the run in the order in which they began. */
  get contexts(): readonly number[] {
    return [...this.#lastTicks.keys()];
  }

  /** The context that began last. */
  get newestContext(): number {
    return this.contexts.at(-1) ?? 1;
  }

  /** Takes an entry, and gives it back with the tick that is known for it. */
  add(entry: Entry): Entry {
    const context = this.contextOf(entry);
    let known = entry;
    if (context !== undefined) {
      const last = this.#lastTicks.get(context) ?? 0;
      // What comes from outside Lua happens while the script is at the newest line.
      if (entry.tick === undefined && last > 0) known = { ...entry, tick: last };
      this.reached({ context, tick: known.tick ?? 0 });
      if (known.kind === 'publish') {
        this.#publishes.set(known.publish, { context, tick: known.tick ?? 0 });
      }
    }
    this.#entries.push(known);
    return known;
  }

  /** A context came to this tick. */
  reached({ context, tick }: RunPlace): void {
    this.#lastTicks.set(context, Math.max(tick, this.#lastTicks.get(context) ?? 0));
  }

  /** The newest tick of a context; 0 when it has executed no line. */
  lastTick(context: number): Tick {
    return this.#lastTicks.get(context) ?? 0;
  }

  /** The context that came after; undefined for the newest. */
  contextAfter(context: number): number | undefined {
    const { contexts } = this;
    return contexts[contexts.indexOf(context) + 1];
  }

  /** Where the script published it. */
  placeOfPublish(publish: number): RunPlace | undefined {
    return this.#publishes.get(publish);
  }

  contextOf({ kind, context, session }: Entry): number | undefined {
    if (kind === 'message' && context !== undefined && session !== undefined) {
      this.#contextOfSession.set(session, context);
    }
    if (context !== undefined) return context;
    return session === undefined ? undefined : this.#contextOfSession.get(session);
  }

  /** Ticks that were counted afterwards, for a recording that came without. */
  setTicks(context: number, ticks: readonly EntryTick[]): void {
    const bySeq = new Map(ticks.map(({ seq, tick }) => [seq, tick]));
    this.#entries.forEach((entry, i) => {
      const tick = bySeq.get(entry.seq);
      if (tick !== undefined) this.#entries[i] = { ...entry, tick };
      if (tick !== undefined && entry.kind === 'publish') {
        this.#publishes.set(entry.publish, { context, tick });
      }
    });
    this.#lastTicks.set(context, ticks.at(-1)?.tick ?? 0);
  }

  /** Entries worth a mark on a slider over a context. */
  marks(context: number): Mark[] {
    return this.#entries.flatMap((entry) =>
      entry.tick !== undefined && WORTH_A_MARK.has(entry.kind) && this.contextOf(entry) === context
        ? [{ tick: entry.tick, entry }]
        : [],
    );
  }

  /** Why a context did not come to its end by itself; undefined when it did. */
  cutOffReason(context: number): string | undefined {
    const own = this.#entries.filter((entry) => this.contextOf(entry) === context);
    const limit = own.find((entry) => entry.kind === 'limit');
    if (limit?.kind === 'limit') return limit.text;
    const open = new Set<number>();
    for (const entry of own) {
      if (entry.kind === 'call') open.add(entry.span);
      if (entry.kind === 'return') open.delete(entry.span);
    }
    const hasLoaded = own.some(
      ({ kind, ...entry }) =>
        kind === 'load' || (kind === 'error' && 'during' in entry && entry.during === 'load'),
    );
    return open.size > 0 || !hasLoaded
      ? 'The run was ended while the script was at work.'
      : undefined;
  }
}
