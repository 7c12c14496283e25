import { checkInteger } from '../engine/queue-arguments.ts';
import type { Queue } from '../engine/queue.ts';
import type { Consumer } from '../engine/queue-consumers.ts';
import type { QueuedMessage } from '../engine/ready-messages.ts';
import { replyQueue } from '../engine/reply-addresses.ts';
import { described, generatedName } from '../engine/names.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { FieldTable } from '../wire/field-table.ts';
import type { MethodArguments } from '../wire/method-codec.ts';
import type { ChannelHost } from './channel-host.ts';
import { ChannelLimit } from './channel-limit.ts';
import { ReplyConsumer } from './reply-consumer.ts';
import { Unacknowledged } from './unacknowledged.ts';
import type { Delivery } from './unacknowledged.ts';

/** `ack`: done; `requeue`: back to the queue; `reject`: dropped, or dead-lettered. */
export type Settlement = 'ack' | 'requeue' | 'reject';

interface ChannelConsumer extends Consumer {
  readonly tag: string;
  readonly queue: Queue;
  readonly noAck: boolean;
  unacknowledged: number;
}

/** The consuming side of one channel: subscriptions, gets, and what has not been acknowledged. */
export class Consuming {
  readonly #host: ChannelHost;
  readonly #channel: number;
  readonly #consumers = new Map<string, ChannelConsumer>();
  readonly #unacknowledged = new Unacknowledged();
  readonly replies: ReplyConsumer;
  readonly #channelLimit = new ChannelLimit();
  /** For consumers to come; 0 is no limit. */
  #prefetch = 0;

  constructor(host: ChannelHost, channel: number) {
    this.#host = host;
    this.#channel = channel;
    this.replies = new ReplyConsumer(host, channel, () => this.#unacknowledged.lastTag + 1);
  }

  /** RabbitMQ's meaning of `global`: true is for the channel, false for each consumer to come. */
  qos(args: MethodArguments<'basic.qos'>): void {
    if (args.prefetchSize !== 0) {
      throw new AmqpError(540, `prefetch_size!=0 (${args.prefetchSize})`);
    }
    if (!args.global) this.#prefetch = args.prefetchCount;
    // RabbitMQ forgets the limit of the channel for that of a consumer too.
    if (args.global && args.prefetchCount > 0) {
      this.#channelLimit.set(args.prefetchCount, this.#unacknowledged.count);
    } else {
      this.#channelLimit.lift();
    }
    this.#host.send(this.#channel, 'basic.qos-ok');
    this.resume();
  }

  /** `find` is asked for the queue once the consumer tag is known to be free. */
  consume(args: MethodArguments<'basic.consume'>, find: () => Queue): void {
    if (this.#consumers.has(args.consumerTag)) {
      throw new AmqpError(530, `attempt to reuse consumer tag '${args.consumerTag}'`);
    }
    if (args.queue === replyQueue) return this.replies.consume(args);
    const queue = find();
    const of = described('queue', queue.name, this.#host.vhost.name);
    const priority = readPriority(args.arguments, of);
    if (!queue.consumers.admits(args.exclusive)) throw new AmqpError(403, `${of} in exclusive use`);
    const consumer = this.#newConsumer(args, queue, priority);
    this.#consumers.set(consumer.tag, consumer);
    queue.addConsumer(consumer);
    if (!args.nowait) {
      this.#host.send(this.#channel, 'basic.consume-ok', { consumerTag: consumer.tag });
    }
    queue.resume();
  }

  /** Cancelling what is not there is fine. */
  cancel(args: MethodArguments<'basic.cancel'>): void {
    if (this.replies.cancel(args)) return;
    const { consumerTag, nowait } = args;
    const consumer = this.#consumers.get(consumerTag);
    if (consumer !== undefined) this.#consumers.delete(consumerTag);
    if (!nowait) this.#host.send(this.#channel, 'basic.cancel-ok', { consumerTag });
    if (consumer !== undefined) this.#host.vhost.removeConsumer(consumer.queue, consumer);
    consumer?.queue.resume();
  }

  get(queue: Queue, noAck: boolean): void {
    queue.used();
    const item = queue.take();
    if (item === undefined) {
      this.#host.send(this.#channel, 'basic.get-empty');
      return;
    }
    const deliveryTag = this.#unacknowledged.nextTag();
    if (!noAck) this.#unacknowledged.track({ deliveryTag, queue, item, consumer: undefined });
    const { exchange, routingKey } = item.message;
    const messageCount = queue.readyCount;
    const { redelivered } = item;
    this.#host.sendContent(
      this.#channel,
      'basic.get-ok',
      { deliveryTag, redelivered, exchange, routingKey, messageCount },
      item.message,
    );
    if (noAck) queue.settle(item);
  }

  /** Takes out what a client settles; `finish` does it. Throws 406 for an unknown tag. */
  take(deliveryTag: number, multiple: boolean): Delivery[] {
    return this.#unacknowledged.take(deliveryTag, multiple);
  }

  /** Undoes `take`. */
  restore(deliveries: readonly Delivery[]): void {
    this.#unacknowledged.restore(deliveries);
  }

  /** Puts back everything that is not acknowledged; it may come to the same consumers again. */
  recover(): void {
    this.finish(this.#unacknowledged.takeAll(), 'requeue');
  }

  finish(deliveries: readonly Delivery[], how: Settlement): void {
    const touched = new Set<Queue>();
    const wasReached = this.#channelLimit.isReached;
    for (const { queue, item, consumer } of deliveries) {
      if (consumer !== undefined) {
        consumer.unacknowledged -= 1;
        this.#channelLimit.settled(1);
      }
      if (how === 'requeue') queue.requeue(item);
      else if (how === 'reject') queue.reject(item);
      else queue.settle(item);
      touched.add(queue);
    }
    for (const queue of touched) queue.resume();
    // It may have kept consumers of other queues waiting.
    if (wasReached) this.resume();
  }

  /** The connection reads again, or a limit rose. */
  resume(): void {
    for (const consumer of [...this.#consumers.values()]) consumer.queue.resume();
  }

  /** The channel is gone: its consumers too, and what it held goes back. */
  close(uncommitted: readonly Delivery[] = []): void {
    this.replies.close();
    const consumers = [...this.#consumers.values()];
    this.#consumers.clear();
    // First no longer a consumer, then give back: nothing may be delivered here again. But an
    // auto-delete queue must only go after that, for it takes its messages with it either way.
    for (const consumer of consumers) this.#host.vhost.removeConsumer(consumer.queue, consumer);
    this.restore(uncommitted);
    this.recover();
    for (const { queue } of consumers) queue.resume();
  }

  #newConsumer(
    { consumerTag, exclusive, noAck }: MethodArguments<'basic.consume'>,
    queue: Queue,
    priority: number,
  ): ChannelConsumer {
    const tag = consumerTag || generatedName('amq.ctag');
    const prefetch = noAck ? 0 : this.#prefetch;
    const consumer: ChannelConsumer = {
      tag,
      queue,
      noAck,
      exclusive,
      priority,
      unacknowledged: 0,
      canTake: () =>
        !this.#host.isBehind &&
        !this.#channelLimit.isReached &&
        (prefetch === 0 || consumer.unacknowledged < prefetch),
      deliver: (item) => this.#deliver(consumer, item),
      cancelled: () => {
        this.#consumers.delete(tag);
        if (this.#host.hearsCancel) {
          this.#host.send(this.#channel, 'basic.cancel', { consumerTag: tag, nowait: true });
        }
      },
    };
    return consumer;
  }

  #deliver(consumer: ChannelConsumer, item: QueuedMessage): void {
    const deliveryTag = this.#unacknowledged.nextTag();
    const { queue, noAck } = consumer;
    if (!noAck) {
      consumer.unacknowledged += 1;
      this.#channelLimit.delivered();
      this.#unacknowledged.track({ deliveryTag, queue, item, consumer });
    }
    const { exchange, routingKey } = item.message;
    const { redelivered } = item;
    this.#host.sendContent(
      this.#channel,
      'basic.deliver',
      { consumerTag: consumer.tag, deliveryTag, redelivered, exchange, routingKey },
      item.message,
    );
    if (noAck) queue.settle(item);
  }
}

/** Throws the 406 for an `x-priority` that is no integer, and for what only streams understand. */
function readPriority(args: FieldTable, of: string): number {
  const field = args.get('x-priority');
  const problem = field && checkInteger(field);
  if (problem !== undefined)
    throw new AmqpError(406, `invalid arg 'x-priority' for ${of}: ${problem}`);
  if (args.has('x-stream-offset')) {
    throw new AmqpError(
      406,
      `invalid arg 'x-stream-offset' for ${of} of queue type rabbit_classic_queue`,
    );
  }
  return field === undefined ? 0 : Number(field.value);
}
