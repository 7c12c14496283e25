import type { FieldTable } from '../wire/field-table.ts';
import { AlarmClock } from './alarm-clock.ts';
import type { DeathReason } from './dead-letter.ts';
import type { Message } from './message.ts';
import type { MessageMemory } from './message-memory.ts';
import type { QueueSettings } from './queue-arguments.ts';
import { QueueConsumers } from './queue-consumers.ts';
import type { Consumer } from './queue-consumers.ts';
import type { QueuedMessage } from './ready-messages.ts';
import { WaitingMessages } from './waiting-messages.ts';

export interface QueueProperties {
  readonly name: string;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: FieldTable;
  /** The connection an exclusive queue belongs to, opaque here. */
  readonly owner: object | undefined;
}

/** What a queue needs of its virtual host. */
export interface QueueHost {
  readonly memory: MessageMemory;
  /** A depth or a consumer is not what it was. */
  changed(): void;
  /** Takes a message the queue gives up to its dead-letter exchange, where it has one. */
  deadLetter(queue: Queue, message: Message, reason: DeathReason): void;
  /** Unused for as long as `x-expires` says. */
  expired(queue: Queue): void;
}

/** A classic queue: limits, expiry, and who gets the next message. */
export class Queue {
  readonly kind = 'queue';
  readonly properties: QueueProperties;
  readonly settings: QueueSettings;
  readonly consumers: QueueConsumers;
  readonly #host: QueueHost;
  readonly #ready: WaitingMessages;
  readonly #headExpiry = new AlarmClock(() => this.#dropExpired());
  readonly #disuse = new AlarmClock(() => this.#host.expired(this));
  #unacknowledged = 0;
  #nextPosition = 0;
  #deleted = false;

  constructor(properties: QueueProperties, settings: QueueSettings, host: QueueHost) {
    this.properties = properties;
    this.settings = settings;
    this.#host = host;
    this.#ready = new WaitingMessages(settings.maxPriority);
    this.consumers = new QueueConsumers(settings.singleActiveConsumer);
    this.used();
  }

  get name(): string {
    return this.properties.name;
  }

  get isDeleted(): boolean {
    return this.#deleted;
  }

  /** Messages that wait for a consumer. */
  get readyCount(): number {
    return this.#ready.length;
  }

  /** Bytes of the bodies that wait. */
  get readyBytes(): number {
    return this.#ready.bytes;
  }

  get unacknowledgedCount(): number {
    return this.#unacknowledged;
  }

  get consumerCount(): number {
    return this.consumers.count;
  }

  /** Declared or asked for a message: `x-expires` counts from now on. */
  used(): void {
    const { expiresMilliseconds } = this.settings;
    if (expiresMilliseconds === undefined) return;
    const unused = !this.#deleted && this.consumerCount === 0;
    this.#disuse.set(unused ? performance.now() + expiresMilliseconds : Infinity);
  }

  /** Takes the message in, and says no when the queue is full and refuses. */
  add(message: Message): boolean {
    if (this.settings.overflow !== 'drop-head' && this.#hasNoRoomFor(message)) {
      if (this.settings.overflow === 'reject-publish-dlx') {
        this.#host.deadLetter(this, message, 'maxlen');
      }
      return false;
    }
    this.#host.memory.hold(message);
    const position = this.#nextPosition++;
    const item = { message, position, expiresAt: this.#expiryOf(message), redelivered: false };
    // Whoever can take has nothing left to wait for: the queue is empty.
    const consumer = this.#ready.length === 0 ? this.consumers.next() : undefined;
    if (consumer !== undefined) {
      this.#unacknowledged += 1;
      consumer.deliver(item);
    } else {
      this.#ready.push(item);
      this.#dropHead();
      this.#dropExpired();
    }
    this.#host.changed();
    return true;
  }

  /** The next waiting message, from now on unacknowledged: end it with `settle`, `reject` or `requeue`. */
  take(): QueuedMessage | undefined {
    this.#dropExpired();
    const item = this.#ready.shift();
    if (item === undefined) return undefined;
    this.#unacknowledged += 1;
    this.#dropExpired();
    this.#host.changed();
    return item;
  }

  /** Done with a taken message: acknowledged. */
  settle(item: QueuedMessage): void {
    this.#unacknowledged -= 1;
    this.#host.memory.release(item.message);
    this.#host.changed();
  }

  /** Done with a taken message: refused for good. */
  reject(item: QueuedMessage): void {
    if (!this.#deleted) this.#host.deadLetter(this, item.message, 'rejected');
    this.settle(item);
  }

  /** Back to its place. Call `resume` once all are back. */
  requeue(item: QueuedMessage): void {
    if (this.#deleted) return this.settle(item);
    this.#unacknowledged -= 1;
    item.redelivered = true;
    this.#ready.restore(item);
    this.#host.changed();
  }

  /** Consumers may take again, or messages came back. */
  resume(): void {
    this.consumers.reconsider();
    if (this.#ready.length === 0) return;
    this.#dropHead();
    this.#dropExpired();
    while (this.#ready.length > 0) {
      const consumer = this.consumers.next();
      if (consumer === undefined) return;
      const item = this.take();
      if (item !== undefined) consumer.deliver(item);
    }
  }

  addConsumer(consumer: Consumer): void {
    this.consumers.add(consumer);
    this.used();
    this.#host.changed();
  }

  /** True when it was there. */
  removeConsumer(consumer: Consumer): boolean {
    if (!this.consumers.remove(consumer)) return false;
    this.used();
    this.#host.changed();
    return true;
  }

  peek(limit: number): QueuedMessage[] {
    return this.#ready.peek(limit);
  }

  /** Drops what waits and says how many that were. */
  purge(): number {
    const dropped = this.#ready.clear();
    for (const item of dropped) this.#host.memory.release(item.message);
    this.#headExpiry.stop();
    this.#host.changed();
    return dropped.length;
  }

  /** Only `VirtualHost` calls this, which also takes it out of its exchanges. */
  markDeleted(): number {
    this.#deleted = true;
    this.#disuse.stop();
    for (const consumer of this.consumers.removeAll()) consumer.cancelled();
    return this.purge();
  }

  #hasNoRoomFor(message: Message): boolean {
    const { maxLength, maxLengthBytes } = this.settings;
    return (
      this.#ready.length + 1 > maxLength || this.#ready.bytes + message.body.length > maxLengthBytes
    );
  }

  #expiryOf(message: Message): number {
    const own = message.traits.expirationMilliseconds ?? Infinity;
    const milliseconds = Math.min(own, this.settings.messageTtlMilliseconds ?? Infinity);
    return milliseconds === Infinity ? Infinity : performance.now() + milliseconds;
  }

  /** RabbitMQ drops the next to be delivered, of several priorities too. */
  #dropHead(): void {
    if (this.settings.overflow !== 'drop-head') return;
    const { maxLength, maxLengthBytes } = this.settings;
    while (this.#ready.length > maxLength || this.#ready.bytes > maxLengthBytes) {
      this.#giveUp('maxlen');
    }
  }

  /** As in RabbitMQ a message expires at the head of the queue, where one that lasts longer may be. */
  #dropExpired(): void {
    let head = this.#ready.head;
    if (head !== undefined && head.expiresAt !== Infinity) {
      const now = performance.now();
      while (head !== undefined && head.expiresAt <= now) {
        this.#giveUp('expired');
        head = this.#ready.head;
      }
    }
    this.#headExpiry.set(head?.expiresAt ?? Infinity);
  }

  #giveUp(reason: DeathReason): void {
    const item = this.#ready.shift();
    if (item === undefined) return;
    this.#host.deadLetter(this, item.message, reason);
    this.#host.memory.release(item.message);
    this.#host.changed();
  }
}
