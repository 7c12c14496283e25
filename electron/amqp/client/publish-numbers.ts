/**
 * Numbers the publishes of one run, in memory that its worker threads share: a worker that has the
 * number of a publish need not wait until the host has handed it to the connection. As soon as a
 * connection is known to be gone the workers wait again, because the script then has to be told.
 */

const FIELD = { taken: 0, connectionsLost: 1 } as const;

export class PublishNumbers {
  /** Shared: can be posted to a worker and wrapped again there. */
  readonly memory: SharedArrayBuffer;
  readonly #fields: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#fields = new Int32Array(memory);
  }

  /** The next number, from 1. */
  take(): number {
    return Atomics.add(this.#fields, FIELD.taken, 1) + 1;
  }

  /** How many connections were lost so far; while it stays the same, all that were open then still are. */
  get connectionsLost(): number {
    return Atomics.load(this.#fields, FIELD.connectionsLost);
  }

  connectionLost(): void {
    Atomics.add(this.#fields, FIELD.connectionsLost, 1);
  }
}
