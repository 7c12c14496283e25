import type { Message } from './message.ts';

/** A message in one queue. `position` is its place in the order of arrival. */
export interface QueuedMessage {
  readonly message: Message;
  readonly position: number;
  /** In milliseconds of `performance.now`; Infinity is never. */
  readonly expiresAt: number;
  redelivered: boolean;
}

/** Room left unused at the front before it is given back. */
const compactAt = 1024;

/** Messages that wait, oldest first: taking and adding cost O(1). */
export class ReadyMessages {
  #items: (QueuedMessage | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  get head(): QueuedMessage | undefined {
    return this.#items[this.#head];
  }

  push(item: QueuedMessage): void {
    this.#items.push(item);
  }

  shift(): QueuedMessage | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head >= compactAt && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Puts a message back at its place in the order of arrival, as RabbitMQ does on requeue. */
  restore(item: QueuedMessage): void {
    let at = this.#head;
    let end = this.#items.length;
    while (at < end) {
      const middle = (at + end) >>> 1;
      if ((this.#items[middle]?.position ?? 0) < item.position) at = middle + 1;
      else end = middle;
    }
    if (at === this.#head && this.#head > 0) {
      this.#head -= 1;
      this.#items[this.#head] = item;
    } else {
      this.#items.splice(at, 0, item);
    }
  }

  /** The oldest `limit` messages, left where they are. */
  peek(limit: number): QueuedMessage[] {
    return this.#items
      .slice(this.#head, this.#head + limit)
      .filter((item): item is QueuedMessage => item !== undefined);
  }

  clear(): QueuedMessage[] {
    const all = this.peek(this.length);
    this.#items = [];
    this.#head = 0;
    return all;
  }
}
