import { ReadyMessages } from './ready-messages.ts';
import type { QueuedMessage } from './ready-messages.ts';

/**
 * What waits in one queue: by priority, the highest first, and within one by age. A queue without
 * `x-max-priority` has a single level.
 */
export class WaitingMessages {
  /** Highest priority first. */
  readonly #levels: readonly ReadyMessages[];
  #length = 0;
  #bytes = 0;

  constructor(maxPriority: number) {
    this.#levels = Array.from({ length: maxPriority + 1 }, () => new ReadyMessages());
  }

  get length(): number {
    return this.#length;
  }

  /** Of the bodies. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The one whose turn it is. */
  get head(): QueuedMessage | undefined {
    return this.#length === 0 ? undefined : this.#first()?.head;
  }

  push(item: QueuedMessage): void {
    this.#level(item).push(item);
    this.#count(item, 1);
  }

  shift(): QueuedMessage | undefined {
    const item = this.#length === 0 ? undefined : this.#first()?.shift();
    if (item !== undefined) this.#count(item, -1);
    return item;
  }

  /** Back to its place among those of its priority. */
  restore(item: QueuedMessage): void {
    this.#level(item).restore(item);
    this.#count(item, 1);
  }

  /** The next `limit` in the order of delivery, left where they are. */
  peek(limit: number): QueuedMessage[] {
    const next: QueuedMessage[] = [];
    for (const level of this.#levels) next.push(...level.peek(limit - next.length));
    return next;
  }

  clear(): QueuedMessage[] {
    this.#length = 0;
    this.#bytes = 0;
    return this.#levels.flatMap((level) => level.clear());
  }

  #first(): ReadyMessages | undefined {
    return this.#levels.length === 1
      ? this.#levels[0]
      : this.#levels.find((level) => level.length > 0);
  }

  /** A priority above the queue's highest counts as that one. */
  #level(item: QueuedMessage): ReadyMessages {
    const highest = this.#levels.length - 1;
    const level = this.#levels[Math.max(0, highest - item.message.traits.priority)];
    if (level === undefined) throw new Error('A queue has at least one level.');
    return level;
  }

  #count(item: QueuedMessage, sign: 1 | -1): void {
    this.#length += sign;
    this.#bytes += sign * item.message.body.length;
  }
}
