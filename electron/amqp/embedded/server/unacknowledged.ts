import type { Queue } from '../engine/queue.ts';
import type { QueuedMessage } from '../engine/ready-messages.ts';
import { AmqpError } from '../wire/amqp-error.ts';

/** A message that the client has and has not settled. */
export interface Delivery {
  readonly deliveryTag: number;
  readonly queue: Queue;
  readonly item: QueuedMessage;
  /** Undefined for basic.get. */
  readonly consumer: { unacknowledged: number } | undefined;
}

/** What one channel has delivered and not heard of since, by delivery tag. */
export class Unacknowledged {
  #deliveries = new Map<number, Delivery>();
  #lastTag = 0;

  get count(): number {
    return this.#deliveries.size;
  }

  get lastTag(): number {
    return this.#lastTag;
  }

  /** The tag of the next delivery, tracked or not. */
  nextTag(): number {
    this.#lastTag += 1;
    return this.#lastTag;
  }

  track(delivery: Delivery): void {
    this.#deliveries.set(delivery.deliveryTag, delivery);
  }

  /** Takes out what basic.ack, nack and reject name. Throws 406 for a tag that is not there. */
  take(deliveryTag: number, multiple: boolean): Delivery[] {
    // With `multiple`, zero means all there is, even when that is nothing.
    if (multiple && deliveryTag === 0) return this.takeAll();
    const last = this.#deliveries.get(deliveryTag);
    if (last === undefined) throw new AmqpError(406, `unknown delivery tag ${deliveryTag}`);
    if (!multiple) {
      this.#deliveries.delete(deliveryTag);
      return [last];
    }
    const taken: Delivery[] = [];
    for (const [tag, delivery] of this.#deliveries) {
      if (tag > deliveryTag) break;
      taken.push(delivery);
      this.#deliveries.delete(tag);
    }
    return taken;
  }

  takeAll(): Delivery[] {
    const all = [...this.#deliveries.values()];
    this.#deliveries.clear();
    return all;
  }

  /** Back to their places, after tx.rollback. */
  restore(deliveries: readonly Delivery[]): void {
    const all = [...deliveries, ...this.#deliveries.values()];
    all.sort((a, b) => a.deliveryTag - b.deliveryTag);
    this.#deliveries = new Map(all.map((delivery) => [delivery.deliveryTag, delivery]));
  }
}
