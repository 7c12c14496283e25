import type { QueuedMessage } from './ready-messages.ts';

/** One subscription, as the queue sees it. The channel layer implements it. */
export interface Consumer {
  readonly exclusive: boolean;
  /** Those with a higher one are served first (`x-priority`). */
  readonly priority: number;
  /** False while its prefetch is used up or its connection is behind. */
  canTake(): boolean;
  deliver(item: QueuedMessage): void;
  /** The queue is gone; nothing comes any more. */
  cancelled(): void;
}

/**
 * Whose turn it is (RabbitMQ `rabbit_queue_consumers`): the highest priority first, within one in
 * turn. Who cannot take stands aside, and queues up anew once it can.
 */
export class QueueConsumers {
  readonly #single: boolean;
  /** By falling priority. */
  readonly #active: Consumer[] = [];
  #aside: Consumer[] = [];
  /** With a single active consumer: the one. */
  #holder: Consumer | undefined;

  /** `single`: only one at a time is served (`x-single-active-consumer`). */
  constructor(single: boolean) {
    this.#single = single;
  }

  get count(): number {
    return this.#active.length + this.#aside.length;
  }

  /** False when another one is alone, or when it wants to be alone and cannot. */
  admits(exclusive: boolean): boolean {
    if (this.#single) return !exclusive;
    if (exclusive) return this.count === 0;
    return ![...this.#active, ...this.#aside].some((consumer) => consumer.exclusive);
  }

  add(consumer: Consumer): void {
    this.#enqueue(consumer);
    if (this.#single) this.#holder ??= consumer;
  }

  /** True when it was there. */
  remove(consumer: Consumer): boolean {
    const removed = taken(this.#active, consumer) || taken(this.#aside, consumer);
    if (this.#holder === consumer) this.#holder = this.#active[0] ?? this.#aside[0];
    return removed;
  }

  removeAll(): Consumer[] {
    this.#holder = undefined;
    return [...this.#active.splice(0), ...this.#aside.splice(0)];
  }

  /** The one to deliver the next message to; undefined when none can take one. */
  next(): Consumer | undefined {
    if (this.#single) return this.#holder?.canTake() === true ? this.#holder : undefined;
    for (let first = this.#active[0]; first !== undefined; first = this.#active[0]) {
      if (first.canTake()) {
        if (this.#active.length > 1) {
          this.#active.shift();
          this.#enqueue(first);
        }
        return first;
      }
      this.#active.shift();
      this.#aside.push(first);
    }
    return undefined;
  }

  /** Limits changed: those aside who can take again queue up. */
  reconsider(): void {
    if (this.#aside.length === 0) return;
    const aside = this.#aside;
    this.#aside = [];
    for (const consumer of aside) {
      if (consumer.canTake()) this.#enqueue(consumer);
      else this.#aside.push(consumer);
    }
  }

  /** Behind all of its priority. */
  #enqueue(consumer: Consumer): void {
    const at = this.#active.findLastIndex(({ priority }) => priority >= consumer.priority);
    this.#active.splice(at + 1, 0, consumer);
  }
}

function taken(from: Consumer[], consumer: Consumer): boolean {
  const index = from.indexOf(consumer);
  if (index < 0) return false;
  from.splice(index, 1);
  return true;
}
