/**
 * The heartbeat of one connection (AMQP 0-9-1 section 4.2.7): sends one when nothing else was sent
 * for half the agreed time, and reports a peer silent for twice that time.
 */
export class Heartbeat {
  /** While we do not read, the peer cannot be heard and is not called silent. */
  deaf = false;
  #timer: NodeJS.Timeout | undefined;
  #heardAt = Date.now();
  #sentSinceTick = false;

  start(seconds: number, send: () => void, onSilence: () => void): void {
    if (seconds === 0) return;
    const milliseconds = seconds * 1000;
    this.#heardAt = Date.now();
    this.#timer = setInterval(() => {
      if (this.deaf) this.#heardAt = Date.now();
      if (Date.now() - this.#heardAt > 2 * milliseconds) return onSilence();
      if (!this.#sentSinceTick) send();
      this.#sentSinceTick = false;
    }, milliseconds / 2);
    this.#timer.unref();
  }

  heard(): void {
    this.#heardAt = Date.now();
  }

  sent(): void {
    this.#sentSinceTick = true;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
