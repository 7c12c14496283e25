/** How far a run is, how fast it is now, and how long it will still take. */

/** The rate is that of the last moments: what it was at the start says nothing about the end. */
const WINDOW_MS = 3_000;
const SAMPLE_EVERY_MS = 100;

export interface Progress {
  readonly elapsedMs: number;
  /** Of the last three seconds; 0 while nothing has ended. */
  readonly perSecond: number;
  /** Absent while nothing is known to guess it from. */
  readonly leftMs?: number;
}

export interface RunGoal {
  readonly count: number;
  /** The run ends after so long, however many messages there were. */
  readonly seconds?: number | undefined;
}

export class RunProgress {
  readonly #goal: RunGoal;
  readonly #clock: () => number;
  readonly #began: number;
  #samples: { readonly at: number; readonly done: number }[];

  /** @param clock milliseconds, for tests */
  constructor(goal: RunGoal, clock: () => number = () => performance.now()) {
    this.#goal = goal;
    this.#clock = clock;
    this.#began = clock();
    this.#samples = [{ at: this.#began, done: 0 }];
  }

  /** @param done messages that have ended so far */
  now(done: number): Progress {
    const at = this.#clock();
    const { count, seconds } = this.#goal;
    if (at - (this.#samples.at(-1)?.at ?? 0) >= SAMPLE_EVERY_MS) this.#samples.push({ at, done });
    const tooOld = this.#samples.findLastIndex((sample) => at - sample.at >= WINDOW_MS);
    if (tooOld > 0) this.#samples = this.#samples.slice(tooOld);
    const from = this.#samples[0] ?? { at: this.#began, done: 0 };
    const perSecond = at > from.at ? ((done - from.done) / (at - from.at)) * 1000 : 0;
    const elapsedMs = at - this.#began;
    const leftMs =
      seconds !== undefined
        ? Math.max(seconds * 1000 - elapsedMs, 0)
        : perSecond > 0
          ? ((count - done) / perSecond) * 1000
          : undefined;
    return { elapsedMs, perSecond, ...(leftMs === undefined ? {} : { leftMs }) };
  }
}
