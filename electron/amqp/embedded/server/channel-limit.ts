/**
 * The prefetch limit of a whole channel: basic.qos with `global`, as RabbitMQ means it
 * (`rabbit_limiter`): it holds for all consumers together, those without acknowledgements too, and
 * counts what is not acknowledged at the moment it is set.
 */
export class ChannelLimit {
  /** 0: no limit. */
  #limit = 0;
  #volume = 0;

  get isReached(): boolean {
    return this.#limit !== 0 && this.#volume >= this.#limit;
  }

  /** `unacknowledged`: how many messages of the channel are, whoever asked for them. */
  set(limit: number, unacknowledged: number): void {
    if (this.#limit === 0) this.#volume = unacknowledged;
    this.#limit = limit;
  }

  lift(): void {
    this.#limit = 0;
    this.#volume = 0;
  }

  /** A consumer got a message that it must acknowledge. */
  delivered(): void {
    if (this.#limit !== 0) this.#volume += 1;
  }

  /** Consumers' messages were acknowledged or given back. */
  settled(count: number): void {
    this.#volume = Math.max(0, this.#volume - count);
  }
}
