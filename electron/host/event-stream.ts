/** Events from the host to its shell, at most one batch a frame whatever the rate inside. */
import type { EventName, EventPayload } from '../bridge/contract.ts';

/** One frame of a 60 Hz display. */
const FRAME_MS = 16;

export interface HostEvent<N extends EventName = EventName> {
  readonly event: N;
  readonly payload: EventPayload<N>;
}

export class EventStream {
  readonly #listeners = new Set<(event: HostEvent) => void>();
  /** Made when the frame ends, so that only the newest state is ever computed. */
  readonly #due = new Map<string, () => HostEvent | undefined>();
  #timer: NodeJS.Timeout | undefined;

  /** Returns the function that stops listening. */
  listen(listener: (event: HostEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit<N extends EventName>(event: N, payload: EventPayload<N>): void {
    for (const listener of this.#listeners) listener({ event, payload });
  }

  /**
   * Emits at the end of the frame what `payload` gives then; undefined emits nothing. A later call
   * with the same `subject` in the same frame takes the place of the earlier one.
   */
  emitThisFrame<N extends EventName>(
    event: N,
    payload: () => EventPayload<N> | undefined,
    subject = '',
  ): void {
    this.#due.set(`${event} ${subject}`, () => {
      const made = payload();
      return made === undefined ? undefined : { event, payload: made };
    });
    this.#timer ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  /** Emits what waits for the end of the frame now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const due = [...this.#due.values()];
    this.#due.clear();
    for (const make of due) {
      const made = make();
      if (made) this.emit(made.event, made.payload);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#due.clear();
    this.#listeners.clear();
  }
}
