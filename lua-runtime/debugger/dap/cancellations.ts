/** Requests that are being answered, so that `cancel` can end the waiting for them (DAP, "Cancel"). */
import type { Cancellation } from '../debug-target.ts';
import { RequestProblem } from './request-problem.ts';

/** One request, which can be cancelled once. */
export class RequestCancellation implements Cancellation {
  readonly #listeners: (() => void)[] = [];

  onCancelled(listener: () => void): void {
    this.#listeners.push(listener);
  }

  cancel(): void {
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

export class Cancellations {
  readonly #requests = new Map<number, RequestCancellation>();
  /** Requests by the progress that is shown of them. */
  readonly #progress = new Map<string, Cancellation>();

  /** Answers what `work` gives, or rejects with the message `cancelled` as soon as that is asked for. */
  async run<T>(seq: number, work: (cancellation: Cancellation) => Promise<T>): Promise<T> {
    const cancellation = new RequestCancellation();
    this.#requests.set(seq, cancellation);
    const cancelled = new Promise<never>((_resolve, reject) => {
      cancellation.onCancelled(() => {
        reject(new RequestProblem('The request was cancelled.', 'cancelled'));
      });
    });
    try {
      return await Promise.race([work(cancellation), cancelled]);
    } finally {
      this.#requests.delete(seq);
    }
  }

  /** A request is shown as a progress until the function that is returned is called. */
  showAs(progressId: string, cancellation: Cancellation): () => void {
    this.#progress.set(progressId, cancellation);
    return () => this.#progress.delete(progressId);
  }

  /** What is answered already stays answered. */
  cancel(asked: {
    readonly request?: number | undefined;
    readonly progress?: string | undefined;
  }): void {
    if (asked.request !== undefined) this.#requests.get(asked.request)?.cancel();
    if (asked.progress === undefined) return;
    const shown = this.#progress.get(asked.progress);
    for (const request of this.#requests.values()) if (request === shown) request.cancel();
  }
}
