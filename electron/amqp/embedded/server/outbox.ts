import type { Writable } from 'node:stream';

/** Above this many unsent bytes nothing more is delivered to consumers of the connection. */
const behindBytes = 4 * 1024 * 1024;

/**
 * Writes to one client. All that is written while one event is handled leaves in a single system
 * call right after it: no timer, so that a lone confirm does not wait.
 */
export class Outbox {
  readonly #stream: Writable;
  #corked = false;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  get isBehind(): boolean {
    return this.#stream.writableLength > behindBytes;
  }

  write(bytes: Uint8Array): void {
    if (this.#stream.destroyed || this.#stream.writableEnded) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#stream.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#stream.uncork();
      });
    }
    this.#stream.write(bytes);
  }
}
