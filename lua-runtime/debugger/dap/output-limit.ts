/** Nobody reads faster, and a client that must show more than this stands still itself. */
const LINES_A_SECOND = 5_000;

/** Keeps a script that prints in a loop from flooding the client. */
export class OutputLimit {
  readonly #now: () => number;
  #secondStart = Number.NEGATIVE_INFINITY;
  #lines = 0;
  #leftOut = 0;

  /** @param now milliseconds, from any start */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether one more line may be shown now; else it is counted. */
  admits(): boolean {
    const now = this.#now();
    if (now - this.#secondStart >= 1000) {
      this.#secondStart = now;
      this.#lines = 0;
    }
    if (this.#lines < LINES_A_SECOND) {
      this.#lines++;
      return true;
    }
    this.#leftOut++;
    return false;
  }

  /** A sentence about what was left out since it was last asked, if anything was. */
  takeRemark(): string | undefined {
    const count = this.#leftOut;
    this.#leftOut = 0;
    if (count === 0) return undefined;
    const what = count === 1 ? 'line of output was' : 'lines of output were';
    return `${count} ${what} left out: they came faster than anyone could read.`;
  }
}
