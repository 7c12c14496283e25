import { RequestProblem } from './request-problem.ts';

interface ThreadPlace {
  readonly context: number;
  /** The coroutine in its context. */
  readonly thread: number;
}

/** Of every context, as the core numbers them. */
const MAIN_THREAD = 1;

/**
 * DAP's threads over all Lua contexts of a run: each context numbers its coroutines from 1, a client
 * needs numbers that stay apart.
 */
export class ThreadNumbers {
  readonly #places: ThreadPlace[] = [];

  /** A context's main thread is numbered before its coroutines, so that a run begins with thread 1. */
  numberOf(context: number, thread: number): number {
    const index = this.#places.findIndex(
      (place) => place.context === context && place.thread === thread,
    );
    if (index >= 0) return index + 1;
    if (thread !== MAIN_THREAD) this.numberOf(context, MAIN_THREAD);
    return this.#places.push({ context, thread });
  }

  /** The coroutine of this number in the context that is looked at. Throws for one of another. */
  threadOf(number: number, context: number): number {
    const place = this.#places[number - 1];
    if (!place) throw new RequestProblem(`There is no thread ${number}.`);
    if (place.context === context) return place.thread;
    throw new RequestProblem(
      `Thread ${number} belongs to Lua context ${place.context}, which is not the one that stands still.`,
    );
  }
}
