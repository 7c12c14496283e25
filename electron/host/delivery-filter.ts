/** Which rows of the history a filter lets through, kept up to date instead of searched again. */
import type { DeliveryFilter, DeliveryRow } from '../bridge/deliveries.ts';

/** Texts that occur in thousands of rows are compared once; unique ones must not fill memory. */
const REMEMBERED_TEXTS = 5_000;

/** All but a Delivery that the broker acked. */
export function isProblem(row: Pick<DeliveryRow, 'verdict' | 'warning' | 'recordType'>): boolean {
  return row.verdict !== 'acked' || row.warning !== undefined || row.recordType !== 'Delivery';
}

/** The matching rows' ids of one filter, ascending. */
export class FilteredView {
  readonly key: string;
  readonly #matcher: RowMatcher;
  #ids: number[] = [];
  #head = 0;

  constructor(filter: DeliveryFilter) {
    this.key = filterKey(filter);
    this.#matcher = new RowMatcher(filter);
  }

  offer(row: DeliveryRow): void {
    if (this.#matcher.matches(row)) this.#ids.push(row.id);
  }

  dropBefore(id: number): void {
    while (this.#head < this.#ids.length && (this.#ids[this.#head] ?? 0) < id) this.#head++;
    if (this.#head > 50_000) {
      this.#ids = this.#ids.slice(this.#head);
      this.#head = 0;
    }
  }

  /** How many match, rows with an id above `upToId` left out. */
  count(upToId = Number.POSITIVE_INFINITY): number {
    let low = this.#head;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ids[middle] ?? 0) <= upToId) low = middle + 1;
      else high = middle;
    }
    return low - this.#head;
  }

  /** How many of the matching rows have an id below this one. */
  indexOf(id: number): number {
    return this.count(id - 1);
  }

  /** Ids `offset`..`offset+limit` of the matching ones. */
  slice(offset: number, limit: number): readonly number[] {
    return this.#ids.slice(this.#head + offset, this.#head + offset + limit);
  }
}

/** Tells whether rows match a filter; remembers what it has compared. */
export class RowMatcher {
  readonly #text: string;
  readonly #mayBeId: boolean;
  readonly #verdicts: ReadonlySet<string>;
  readonly #known = new Map<string, boolean>();
  readonly #knownNumbers = new Map<number, boolean>();

  constructor(filter: DeliveryFilter) {
    this.#text = filter.text.trim().toLowerCase();
    this.#mayBeId = /^[0-9a-f]{4,}$/.test(this.#text);
    this.#verdicts = new Set(filter.verdicts);
  }

  matches(row: Omit<DeliveryRow, 'id'>): boolean {
    if (this.#verdicts.size > 0) {
      const verdict = this.#verdicts.has(row.verdict ?? 'none');
      const loss = row.warning === 'silent-loss' && this.#verdicts.has('silent-loss');
      const problem = this.#verdicts.has('problem') && isProblem(row);
      if (!verdict && !loss && !problem) return false;
    }
    if (this.#text === '') return true;
    return (
      (this.#mayBeId && row.messageId.startsWith(this.#text)) ||
      this.#contains(row.queue) ||
      this.#contains(row.exchange) ||
      this.#contains(row.routingKey) ||
      this.#contains(row.told) ||
      this.#contains(row.recordType) ||
      this.#contains(row.responseContent) ||
      this.#contains(row.verdict ?? '') ||
      this.#contains(row.warning ?? '') ||
      this.#containsNumber(row.responseCode) ||
      (row.replyCode !== undefined && this.#containsNumber(row.replyCode))
    );
  }

  #containsNumber(code: number): boolean {
    let contains = this.#knownNumbers.get(code);
    if (contains === undefined) {
      contains = String(code).includes(this.#text);
      if (this.#knownNumbers.size < REMEMBERED_TEXTS) this.#knownNumbers.set(code, contains);
    }
    return contains;
  }

  #contains(text: string): boolean {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const contains = text.toLowerCase().includes(this.#text);
    if (this.#known.size < REMEMBERED_TEXTS) this.#known.set(text, contains);
    return contains;
  }
}

export function filterKey(filter: DeliveryFilter): string {
  return JSON.stringify([filter.text.trim().toLowerCase(), [...new Set(filter.verdicts)].sort()]);
}
