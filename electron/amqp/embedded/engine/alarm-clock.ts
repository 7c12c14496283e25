/** The longest a timer of Node.js waits. */
const longestTimeout = 2_147_483_647;

/** One appointment: setting another replaces it. It does not keep the process alive. */
export class AlarmClock {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = Infinity;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings at `at`, in milliseconds of `performance.now`; Infinity is never. */
  set(at: number): void {
    if (at === this.#at) return;
    this.#at = at;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (at === Infinity) return;
    // Never early: a timer counts whole milliseconds.
    const wait = Math.max(0, Math.ceil(at - performance.now()));
    this.#timer = setTimeout(() => this.#awake(), Math.min(wait, longestTimeout));
    this.#timer.unref();
  }

  stop(): void {
    this.set(Infinity);
  }

  #awake(): void {
    const at = this.#at;
    this.#at = Infinity;
    if (performance.now() < at) return this.set(at);
    this.#ring();
  }
}
