/**
 * The confirms of one channel. Acknowledgements gather until all that one read brought is handled,
 * then go out as few frames as possible: a run without gaps becomes one `basic.ack` with `multiple`.
 */
export class Confirms {
  readonly #send: (verb: 'ack' | 'nack', deliveryTag: number, multiple: boolean) => void;
  #lastTag = 0;
  /** Every tag up to here is settled, so `multiple` may cover it. */
  #settledThrough = 0;
  /** Settled out of order, above a tag that still waits. */
  readonly #settledAbove = new Set<number>();
  #acked: number[] = [];

  constructor(send: (verb: 'ack' | 'nack', deliveryTag: number, multiple: boolean) => void) {
    this.#send = send;
  }

  /** The delivery tag of the next publish. */
  next(): number {
    this.#lastTag += 1;
    return this.#lastTag;
  }

  /** Sent with the next `flush`. */
  ack(deliveryTag: number): void {
    this.#acked.push(deliveryTag);
  }

  /** Sent at once. */
  nack(deliveryTag: number): void {
    this.#settledAbove.add(deliveryTag);
    this.#send('nack', deliveryTag, false);
  }

  flush(): void {
    if (this.#acked.length === 0) return;
    const acked = this.#acked.sort((a, b) => a - b);
    this.#acked = [];
    let run = 0;
    for (;;) {
      const next = this.#settledThrough + 1;
      if (acked[run] === next) run += 1;
      else if (!this.#settledAbove.delete(next)) break;
      this.#settledThrough = next;
    }
    const last = acked[run - 1];
    if (last !== undefined) this.#send('ack', last, run > 1);
    for (const deliveryTag of acked.slice(run)) {
      this.#settledAbove.add(deliveryTag);
      this.#send('ack', deliveryTag, false);
    }
  }
}
