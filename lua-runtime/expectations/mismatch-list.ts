/** Mismatches as they are found; the same one of many messages is counted and not repeated. */
import type { SourceLocation } from '../recording/entries.ts';
import type { Mismatch } from './expectation-contract.ts';

export interface MismatchPlace {
  readonly location?: SourceLocation | undefined;
  readonly message?: number | undefined;
}

export class MismatchList {
  /** By key: the first one tells what was, all of them count. */
  readonly #found = new Map<string, Mismatch>();

  add(key: string, expected: string, actual: string, place: MismatchPlace = {}): void {
    const known = this.#found.get(key);
    if (known !== undefined) {
      this.#found.set(key, { ...known, times: known.times + 1 });
      return;
    }
    const { location, message } = place;
    this.#found.set(key, {
      key,
      expected,
      actual,
      ...(location === undefined ? {} : { location }),
      ...(message === undefined ? {} : { message }),
      times: 1,
    });
  }

  all(): Mismatch[] {
    return [...this.#found.values()];
  }
}
