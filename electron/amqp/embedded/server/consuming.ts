import { randomBytes } from 'node:crypto';
import type { Consumer, Queue } from '../engine/queue.ts';
import type { QueuedMessage } from '../engine/ready-messages.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { MethodArguments } from '../wire/method-codec.ts';
import type { ChannelHost } from './channel-host.ts';

interface Delivery {
  readonly queue: Queue;
  readonly item: QueuedMessage;
  /** Undefined for basic.get. */
  readonly consumer: ChannelConsumer | undefined;
}

interface ChannelConsumer extends Consumer {
  readonly tag: string;
  readonly queue: Queue;
  unacknowledged: number;
}

/** The consuming side of one channel: subscriptions, gets, and what has not been acknowledged. */
export class Consuming {
  readonly #host: ChannelHost;
  readonly #channel: number;
  readonly #consumers = new Map<string, ChannelConsumer>();
  readonly #unacknowledged = new Map<number, Delivery>();
  #lastTag = 0;
  /** For consumers to come; 0 is no limit. */
  #prefetch = 0;
  /** For all consumers of the channel together; 0 is no limit. */
  #channelPrefetch = 0;

  constructor(host: ChannelHost, channel: number) {
    this.#host = host;
    this.#channel = channel;
  }

  /** RabbitMQ's meaning of `global`: true is for the channel, false for each consumer to come. */
  qos(args: MethodArguments<'basic.qos'>): void {
    if (args.prefetchSize !== 0) {
      throw new AmqpError(540, `prefetch_size!=0 (${args.prefetchSize})`);
    }
    if (args.global) this.#channelPrefetch = args.prefetchCount;
    else this.#prefetch = args.prefetchCount;
    this.#host.send(this.#channel, 'basic.qos-ok');
    this.resume();
  }

  consume(args: MethodArguments<'basic.consume'>, queue: Queue): void {
    const { exclusive, noAck } = args;
    if (this.#consumers.has(args.consumerTag)) {
      throw new AmqpError(530, `attempt to reuse consumer tag '${args.consumerTag}'`);
    }
    if (queue.hasExclusiveConsumer || (exclusive && queue.consumerCount > 0)) {
      throw new AmqpError(
        403,
        `queue '${queue.name}' in vhost '${this.#host.vhost.name}' in exclusive use`,
      );
    }
    const tag = args.consumerTag || `amq.ctag-${randomBytes(16).toString('base64url')}`;
    const prefetch = this.#prefetch;
    const consumer: ChannelConsumer = {
      tag,
      queue,
      exclusive,
      unacknowledged: 0,
      canTake: () =>
        !this.#host.isBehind &&
        (noAck ||
          ((prefetch === 0 || consumer.unacknowledged < prefetch) &&
            (this.#channelPrefetch === 0 || this.#unacknowledged.size < this.#channelPrefetch))),
      deliver: (item) => this.#deliver(consumer, item, noAck),
      cancelled: () => {
        this.#consumers.delete(tag);
        if (this.#host.hearsCancel) {
          this.#host.send(this.#channel, 'basic.cancel', { consumerTag: tag, nowait: true });
        }
      },
    };
    this.#consumers.set(tag, consumer);
    queue.addConsumer(consumer);
    if (!args.nowait) this.#host.send(this.#channel, 'basic.consume-ok', { consumerTag: tag });
    queue.drain();
  }

  /** Cancelling what is not there is fine. */
  cancel({ consumerTag, nowait }: MethodArguments<'basic.cancel'>): void {
    const consumer = this.#consumers.get(consumerTag);
    if (consumer !== undefined) {
      this.#consumers.delete(consumerTag);
      this.#host.vhost.removeConsumer(consumer.queue, consumer);
    }
    if (!nowait) this.#host.send(this.#channel, 'basic.cancel-ok', { consumerTag });
  }

  get(queue: Queue, noAck: boolean): void {
    const item = queue.take();
    if (item === undefined) {
      this.#host.send(this.#channel, 'basic.get-empty');
      return;
    }
    const deliveryTag = this.#track({ queue, item, consumer: undefined }, noAck);
    const { exchange, routingKey } = item.message;
    this.#host.sendContent(
      this.#channel,
      'basic.get-ok',
      {
        deliveryTag,
        redelivered: item.redelivered,
        exchange,
        routingKey,
        messageCount: queue.readyCount,
      },
      item.message,
    );
  }

  /** `ack` settles, `requeue` puts back, `discard` drops. Throws 406 for an unknown tag. */
  settle(deliveryTag: number, multiple: boolean, how: 'ack' | 'requeue' | 'discard'): void {
    this.#finish(this.#selected(deliveryTag, multiple), how === 'requeue');
  }

  /** Puts back everything that is not acknowledged; it may come to the same consumers again. */
  recover(): void {
    this.#finish([...this.#unacknowledged.keys()], true);
  }

  /** The connection reads again, or a limit rose. */
  resume(): void {
    for (const consumer of [...this.#consumers.values()]) consumer.queue.drain();
  }

  /** The channel is gone: its consumers too, and what it held goes back. */
  close(): void {
    const consumers = [...this.#consumers.values()];
    this.#consumers.clear();
    // First no longer a consumer, then give back: nothing may be delivered here again. But an
    // auto-delete queue must only go after that, for it takes its messages with it either way.
    for (const consumer of consumers) this.#host.vhost.removeConsumer(consumer.queue, consumer);
    this.recover();
  }

  #deliver(consumer: ChannelConsumer, item: QueuedMessage, noAck: boolean): void {
    const deliveryTag = this.#track({ queue: consumer.queue, item, consumer }, noAck);
    const { exchange, routingKey } = item.message;
    this.#host.sendContent(
      this.#channel,
      'basic.deliver',
      {
        consumerTag: consumer.tag,
        deliveryTag,
        redelivered: item.redelivered,
        exchange,
        routingKey,
      },
      item.message,
    );
  }

  #track(delivery: Delivery, noAck: boolean): number {
    this.#lastTag += 1;
    if (noAck) delivery.queue.settle(delivery.item);
    else {
      this.#unacknowledged.set(this.#lastTag, delivery);
      if (delivery.consumer !== undefined) delivery.consumer.unacknowledged += 1;
    }
    return this.#lastTag;
  }

  #selected(deliveryTag: number, multiple: boolean): number[] {
    // With `multiple`, zero means all there is, even when that is nothing.
    if (multiple && deliveryTag === 0) return [...this.#unacknowledged.keys()];
    if (!this.#unacknowledged.has(deliveryTag)) {
      throw new AmqpError(406, `unknown delivery tag ${deliveryTag}`);
    }
    if (!multiple) return [deliveryTag];
    const tags: number[] = [];
    for (const tag of this.#unacknowledged.keys()) {
      if (tag > deliveryTag) break;
      tags.push(tag);
    }
    return tags;
  }

  #finish(deliveryTags: readonly number[], requeue: boolean): void {
    const touched = new Set<Queue>();
    for (const tag of deliveryTags) {
      const delivery = this.#unacknowledged.get(tag);
      if (delivery === undefined) continue;
      this.#unacknowledged.delete(tag);
      if (delivery.consumer !== undefined) delivery.consumer.unacknowledged -= 1;
      if (requeue) delivery.queue.requeue(delivery.item);
      else delivery.queue.settle(delivery.item);
      touched.add(delivery.queue);
    }
    for (const queue of touched) queue.drain();
    // The channel-wide limit may have kept other queues waiting.
    if (this.#channelPrefetch > 0) this.resume();
  }
}
