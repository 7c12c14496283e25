/**
 * What was declared on the embedded broker, and when: so that a scenario of a delivery gets the
 * queues that were there then, and not those of now.
 */
import type { Declarations } from '../amqp/topology/declarations.ts';

/** Of things that are no longer there. */
const KEPT_GONE = 1_000;

type Kind = keyof Declarations;
type Declared = Declarations[Kind][number];

interface Known {
  readonly kind: Kind;
  readonly item: Declared;
  /** Milliseconds since the epoch, with fractions, as entries have them. */
  readonly from: number;
}

export class DeclarationLog {
  readonly #there = new Map<string, Known>();
  #gone: (Known & { readonly until: number })[] = [];

  /** Takes what the broker holds at `at`. Call after every change, in order. */
  note(now: Declarations, at: number): void {
    const held = new Set<string>();
    for (const kind of ['exchanges', 'queues', 'bindings'] as const) {
      for (const item of now[kind]) {
        const key = JSON.stringify([kind, item]);
        held.add(key);
        if (!this.#there.has(key)) this.#there.set(key, { kind, item, from: at });
      }
    }
    for (const [key, known] of this.#there) {
      if (held.has(key)) continue;
      this.#there.delete(key);
      this.#gone = [...this.#gone, { ...known, until: at }].slice(-KEPT_GONE);
    }
  }

  /** What it held then, in the order in which it was declared. */
  at(time: number): Declarations {
    const then = [...this.#gone.filter(({ until }) => until > time), ...this.#there.values()]
      .filter(({ from }) => from <= time)
      .sort((a, b) => a.from - b.from);
    const of = (kind: Kind) => then.filter((known) => known.kind === kind).map(({ item }) => item);
    return {
      exchanges: of('exchanges') as Declarations['exchanges'],
      queues: of('queues') as Declarations['queues'],
      bindings: of('bindings') as Declarations['bindings'],
    };
  }
}
