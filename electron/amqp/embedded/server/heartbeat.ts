/** A tick so late was not slow: the process, or the machine, stood still. */
const standstillShare = 1.5;

/**
 * The heartbeat of one connection (AMQP 0-9-1 section 4.2.7): sends one when nothing else was sent
 * for half the agreed time, and reports a peer silent for twice that time.
 */
export class Heartbeat {
  /** While we do not read, the peer cannot be heard and is not called silent. */
  deaf = false;
  #timer: NodeJS.Timeout | undefined;
  #heardAt = performance.now();
  #sentSinceTick = false;

  start(seconds: number, send: () => void, onSilence: () => void): void {
    if (seconds === 0) return;
    const interval = (seconds * 1000) / 2;
    let tickedAt = performance.now();
    this.#heardAt = tickedAt;
    this.#timer = setInterval(() => {
      const now = performance.now();
      const stoodStill = now - tickedAt > standstillShare * interval;
      tickedAt = now;
      // After a standstill what the peer sent meanwhile is still to be read.
      if (this.deaf || stoodStill) this.#heardAt = now;
      if (now - this.#heardAt > 4 * interval) return onSilence();
      if (!this.#sentSinceTick) send();
      this.#sentSinceTick = false;
    }, interval);
    this.#timer.unref();
  }

  heard(): void {
    this.#heardAt = performance.now();
  }

  sent(): void {
    this.#sentSinceTick = true;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
