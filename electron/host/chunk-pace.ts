/**
 * How many messages a session is handed in one go while the run's time is limited: as many as take a
 * moment, so that the run ends when its time is up and not a slow chunk later.
 */

const MOMENT_MS = 100;
const MOST = 64;

export class ChunkPace {
  #most = 1;

  /** What the next chunk may hold. */
  get most(): number {
    return this.#most;
  }

  /** `messages` took so long. */
  took(messages: number, milliseconds: number): void {
    const fitting = (messages * MOMENT_MS) / Math.max(milliseconds, 0.1);
    // Grows step by step: a fast first message says little about the next.
    this.#most = Math.max(1, Math.min(MOST, this.#most * 2, Math.floor(fitting)));
  }
}
