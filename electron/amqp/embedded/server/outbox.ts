import type { Socket } from 'node:net';

/** Above this many unsent bytes nothing more is delivered to consumers of the connection. */
const behindBytes = 4 * 1024 * 1024;

/**
 * Writes to one socket. All that is written while one event is handled leaves in a single system
 * call right after it: no timer, so that a lone confirm does not wait.
 */
export class Outbox {
  readonly #socket: Socket;
  #corked = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isBehind(): boolean {
    return this.#socket.writableLength > behindBytes;
  }

  write(bytes: Uint8Array): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(bytes);
  }
}
