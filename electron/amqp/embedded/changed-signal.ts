/** At most 20 signals a second. */
const restMilliseconds = 50;

/** Turns a burst of changes into one signal a moment later. */
export class ChangedSignal {
  readonly #signal: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(signal: () => void) {
    this.#signal = signal;
  }

  mark(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#signal();
    }, restMilliseconds);
    this.#timer.unref();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
