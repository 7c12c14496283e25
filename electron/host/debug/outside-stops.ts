/**
 * Stops for what happens outside the script: the broker refuses a message that the script never asks
 * about, or does not keep one that kumod logs as delivered. Decided when the attempt has ended; shown
 * at the line that published the message.
 */
import type {
  BreakpointSet,
  DomainEvent,
  EventBreakpoint,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { Entry, VerdictEntry } from '../../../lua-runtime/recording/entries.ts';

export interface OutsideStop {
  readonly reason: 'nack' | 'silent-loss';
  readonly description: string;
  readonly breakpoints: readonly number[];
  /** The publish whose line is to be shown; undefined when no message could be sent at all. */
  readonly publish: number | undefined;
}

/** Collects what the broker does with the messages of a run until their attempts end. */
export class OutsideStops {
  readonly #breakpoints: () => BreakpointSet;
  /** Of the attempts that have not ended. */
  #verdicts: VerdictEntry[] = [];
  #warning: string | undefined;
  #hasScriptSeenNack = false;

  constructor(breakpoints: () => BreakpointSet) {
    this.#breakpoints = breakpoints;
  }

  add(entry: Entry): void {
    if (entry.kind === 'verdict') this.#verdicts.push(entry);
    if (entry.kind === 'warning' && entry.code === 'silent-loss') this.#warning = entry.text;
  }

  /** The debugger in the script has stopped for the nack. */
  scriptSawNack(): void {
    this.#hasScriptSeenNack = true;
  }

  /** The attempt has ended: what to stop for, if anything. Forgets the attempt. */
  take(): OutsideStop | undefined {
    const verdicts = this.#verdicts;
    const warning = this.#warning;
    const seen = this.#hasScriptSeenNack;
    this.#verdicts = [];
    this.#warning = undefined;
    this.#hasScriptSeenNack = false;
    const lost = verdicts.find(({ verdict }) => LOST.has(verdict));
    if (warning !== undefined && lost !== undefined) {
      const stop = this.#stop('silent-loss', lost, warning);
      if (stop !== undefined) return stop;
    }
    const nacked = verdicts.find(({ verdict }) => verdict === 'nacked');
    if (nacked === undefined || seen) return undefined;
    return this.#stop('nack', nacked, nacked.explanation ?? 'The broker refused the message.');
  }

  #stop(
    reason: OutsideStop['reason'],
    verdict: VerdictEntry,
    description: string,
  ): OutsideStop | undefined {
    const hit = this.#breakpoints().events.filter((breakpoint) =>
      isMeant(breakpoint, reason, verdict),
    );
    if (hit.length === 0) return undefined;
    const { publish } = verdict;
    return { reason, description, breakpoints: hit.map(({ id }) => id), publish };
  }
}

const LOST: ReadonlySet<VerdictEntry['verdict']> = new Set(['nacked', 'unroutable', 'failed']);

function isMeant(
  { event, only }: EventBreakpoint,
  reason: DomainEvent,
  { verdict, reply_code }: VerdictEntry,
): boolean {
  if (event !== reason) return false;
  const names = (only ?? '').split(',').map((name) => name.trim());
  return (
    names.every((name) => name === '') ||
    names.includes(verdict) ||
    names.includes(String(reply_code))
  );
}
