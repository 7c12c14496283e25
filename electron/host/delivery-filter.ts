/** Which rows of the history a filter lets through, kept up to date instead of searched again. */
import type { DeliveryFilter, DeliveryRow } from '../bridge/deliveries.ts';

/** Texts that occur in thousands of rows are compared once; unique ones must not fill memory. */
const REMEMBERED_TEXTS = 5_000;

/** The matching rows' ids of one filter, ascending. */
export class FilteredView {
  readonly key: string;
  readonly #text: string;
  readonly #verdicts: ReadonlySet<string>;
  readonly #known = new Map<string, boolean>();
  readonly #knownNumbers = new Map<number, boolean>();
  #ids: number[] = [];
  #head = 0;

  constructor(filter: DeliveryFilter) {
    this.key = filterKey(filter);
    this.#text = filter.text.trim().toLowerCase();
    this.#verdicts = new Set(filter.verdicts);
  }

  offer(row: DeliveryRow): void {
    if (this.#matches(row)) this.#ids.push(row.id);
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

  /** Ids `offset`..`offset+limit` of the matching ones. */
  slice(offset: number, limit: number): readonly number[] {
    return this.#ids.slice(this.#head + offset, this.#head + offset + limit);
  }

  #matches(row: DeliveryRow): boolean {
    if (this.#verdicts.size > 0) {
      const verdict = this.#verdicts.has(row.verdict ?? 'none');
      const loss = row.warning === 'silent-loss' && this.#verdicts.has('silent-loss');
      if (!verdict && !loss) return false;
    }
    if (this.#text === '') return true;
    return (
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
