import type { FieldTable } from '../wire/field-table.ts';
import type { Message } from './message.ts';
import type { MessageMemory } from './message-memory.ts';
import { ReadyMessages } from './ready-messages.ts';
import type { QueuedMessage } from './ready-messages.ts';
import type { QueueLimits } from './queue-arguments.ts';

/** One subscription, as the queue sees it. The channel layer implements it. */
export interface Consumer {
  readonly exclusive: boolean;
  /** False while its prefetch is used up or its connection is behind. */
  canTake(): boolean;
  deliver(item: QueuedMessage): void;
  /** The queue is gone; nothing comes any more. */
  cancelled(): void;
}

export interface QueueProperties {
  readonly name: string;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: FieldTable;
  /** The connection an exclusive queue belongs to, opaque here. */
  readonly owner: object | undefined;
}

/** A classic queue: first in, first out, bounded by its limits, consumers served in turn. */
export class Queue {
  readonly properties: QueueProperties;
  readonly #limits: QueueLimits;
  readonly #memory: MessageMemory;
  readonly #changed: () => void;
  readonly #ready = new ReadyMessages();
  readonly #consumers: Consumer[] = [];
  #readyBytes = 0;
  #unacknowledged = 0;
  #nextPosition = 0;
  #deleted = false;

  constructor(
    properties: QueueProperties,
    limits: QueueLimits,
    memory: MessageMemory,
    changed: () => void,
  ) {
    this.properties = properties;
    this.#limits = limits;
    this.#memory = memory;
    this.#changed = changed;
  }

  get name(): string {
    return this.properties.name;
  }

  /** Messages that wait for a consumer. */
  get readyCount(): number {
    return this.#ready.length;
  }

  /** Bytes of the bodies that wait. */
  get readyBytes(): number {
    return this.#readyBytes;
  }

  get unacknowledgedCount(): number {
    return this.#unacknowledged;
  }

  get consumerCount(): number {
    return this.#consumers.length;
  }

  get hasExclusiveConsumer(): boolean {
    return this.#consumers.some((consumer) => consumer.exclusive);
  }

  /** True when the queue is at its limit and refuses instead of dropping its oldest message. */
  get refuses(): boolean {
    return (
      this.#limits.overflow === 'reject-publish' &&
      (this.#ready.length >= this.#limits.maxLength ||
        this.#readyBytes >= this.#limits.maxLengthBytes)
    );
  }

  /** Takes the message in. The caller has asked `refuses` first. */
  add(message: Message): void {
    this.#memory.hold(message);
    this.#push({ message, position: this.#nextPosition++, redelivered: false });
    this.drain();
    if (this.#limits.overflow === 'drop-head') this.#dropHead();
    this.#changed();
  }

  /** The oldest waiting message, from now on unacknowledged: end it with `settle` or `requeue`. */
  take(): QueuedMessage | undefined {
    const item = this.#ready.shift();
    if (item === undefined) return undefined;
    this.#readyBytes -= item.message.body.length;
    this.#unacknowledged += 1;
    this.#changed();
    return item;
  }

  /** Done with a taken message: acknowledged, or rejected without requeue. */
  settle(item: QueuedMessage): void {
    this.#unacknowledged -= 1;
    this.#memory.release(item.message);
    this.#changed();
  }

  /** Back to its place. Call `drain` once all are back. */
  requeue(item: QueuedMessage): void {
    if (this.#deleted) return this.settle(item);
    this.#unacknowledged -= 1;
    item.redelivered = true;
    this.#ready.restore(item);
    this.#readyBytes += item.message.body.length;
    this.#changed();
  }

  /** Gives waiting messages to consumers that can take them, in turn. */
  drain(): void {
    while (this.#ready.length > 0) {
      const index = this.#consumers.findIndex((consumer) => consumer.canTake());
      const consumer = this.#consumers[index];
      if (consumer === undefined) return;
      // To the end of the line: its turn comes again after all others that can take.
      if (this.#consumers.length > 1) {
        this.#consumers.splice(index, 1);
        this.#consumers.push(consumer);
      }
      const item = this.take();
      if (item !== undefined) consumer.deliver(item);
    }
  }

  addConsumer(consumer: Consumer): void {
    this.#consumers.push(consumer);
    this.#changed();
  }

  /** True when it was there. */
  removeConsumer(consumer: Consumer): boolean {
    const index = this.#consumers.indexOf(consumer);
    if (index < 0) return false;
    this.#consumers.splice(index, 1);
    this.#changed();
    return true;
  }

  peek(limit: number): QueuedMessage[] {
    return this.#ready.peek(limit);
  }

  /** Drops what waits and says how many that were. */
  purge(): number {
    const dropped = this.#ready.clear();
    for (const item of dropped) this.#memory.release(item.message);
    this.#readyBytes = 0;
    this.#changed();
    return dropped.length;
  }

  /** Only `VirtualHost` calls this, which also takes it out of its exchanges. */
  markDeleted(): number {
    this.#deleted = true;
    for (const consumer of this.#consumers.splice(0)) consumer.cancelled();
    return this.purge();
  }

  #push(item: QueuedMessage): void {
    this.#ready.push(item);
    this.#readyBytes += item.message.body.length;
  }

  #dropHead(): void {
    while (
      this.#ready.length > this.#limits.maxLength ||
      this.#readyBytes > this.#limits.maxLengthBytes
    ) {
      const dropped = this.#ready.shift();
      if (dropped === undefined) return;
      this.#readyBytes -= dropped.message.body.length;
      this.#memory.release(dropped.message);
    }
  }
}
