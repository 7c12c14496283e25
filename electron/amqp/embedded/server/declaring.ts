import { defaultExchangeRefused } from '../engine/virtual-host.ts';
import type { Queue } from '../engine/queue.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { Method, MethodArguments } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';
import type { ChannelHost } from './channel-host.ts';

export type DeclaringMethod = Extract<
  Method,
  {
    name:
      | 'exchange.declare'
      | 'exchange.delete'
      | 'exchange.bind'
      | 'exchange.unbind'
      | 'queue.declare'
      | 'queue.delete'
      | 'queue.bind'
      | 'queue.unbind'
      | 'queue.purge';
  }
>;

/** The exchange and queue methods of one channel. */
export class Declaring {
  readonly #host: ChannelHost;
  readonly #channel: number;
  /** What an empty queue name stands for: the last one declared on this channel. */
  #lastQueue = '';

  constructor(host: ChannelHost, channel: number) {
    this.#host = host;
    this.#channel = channel;
  }

  /** The queue a method names. Throws 404 and 405. */
  queue(name: string): Queue {
    return this.#host.vhost.queue(this.#queueName(name), this.#host);
  }

  handle(method: DeclaringMethod): void {
    switch (method.name) {
      case 'exchange.declare':
        return this.#declareExchange(method.args);
      case 'exchange.delete':
        this.#host.vhost.deleteExchange(method.args.exchange, method.args.ifUnused);
        return this.#reply(method.args.nowait, 'exchange.delete-ok');
      case 'exchange.bind':
        return this.#bindExchange(method.args);
      case 'exchange.unbind':
        return this.#unbindExchange(method.args);
      case 'queue.declare':
        return this.#declareQueue(method.args);
      case 'queue.delete':
        return this.#deleteQueue(method.args);
      case 'queue.bind':
        return this.#bindQueue(method.args);
      case 'queue.unbind':
        return this.#unbindQueue(method.args);
      case 'queue.purge': {
        const messageCount = this.queue(method.args.queue).purge();
        return this.#reply(method.args.nowait, 'queue.purge-ok', { messageCount });
      }
    }
  }

  #declareExchange(args: MethodArguments<'exchange.declare'>): void {
    const name = args.exchange;
    if (args.passive) {
      if (name === '') throw defaultExchangeRefused();
      this.#host.vhost.exchange(name);
    } else {
      this.#host.vhost.declareExchange({ ...args, name });
    }
    this.#reply(args.nowait, 'exchange.declare-ok');
  }

  #bindExchange(args: MethodArguments<'exchange.bind'>): void {
    if (args.destination === '') throw defaultExchangeRefused();
    const { vhost } = this.#host;
    vhost.bind(args.source, vhost.exchange(args.destination), args.routingKey, args.arguments);
    this.#reply(args.nowait, 'exchange.bind-ok');
  }

  #unbindExchange(args: MethodArguments<'exchange.unbind'>): void {
    if (args.destination === '') throw defaultExchangeRefused();
    const { vhost } = this.#host;
    const destination = vhost.exchanges.get(args.destination);
    if (destination !== undefined) {
      vhost.unbind(args.source, destination, args.routingKey, args.arguments);
    }
    this.#reply(args.nowait, 'exchange.unbind-ok');
  }

  #declareQueue(args: MethodArguments<'queue.declare'>): void {
    const { vhost } = this.#host;
    const queue = args.passive
      ? vhost.queue(args.queue, this.#host)
      : vhost.declareQueue({
          name: args.queue,
          durable: args.durable,
          exclusive: args.exclusive,
          autoDelete: args.autoDelete,
          arguments: args.arguments,
          owner: args.exclusive ? this.#host : undefined,
        });
    this.#lastQueue = queue.name;
    this.#reply(args.nowait, 'queue.declare-ok', {
      queue: queue.name,
      messageCount: queue.readyCount,
      consumerCount: queue.consumerCount,
    });
  }

  #deleteQueue(args: MethodArguments<'queue.delete'>): void {
    const name = this.#queueName(args.queue);
    // Deleting what is not there is fine, as in RabbitMQ.
    const messageCount = this.#host.vhost.queues.has(name)
      ? this.#host.vhost.deleteQueue(this.queue(name), args)
      : 0;
    this.#reply(args.nowait, 'queue.delete-ok', { messageCount });
  }

  #bindQueue(args: MethodArguments<'queue.bind'>): void {
    const queue = this.queue(args.queue);
    const key = this.#routingKey(args.queue, args.routingKey);
    this.#host.vhost.bind(args.exchange, queue, key, args.arguments);
    this.#reply(args.nowait, 'queue.bind-ok');
  }

  #unbindQueue(args: MethodArguments<'queue.unbind'>): void {
    const name = this.#queueName(args.queue);
    if (this.#host.vhost.queues.has(name)) {
      const key = this.#routingKey(args.queue, args.routingKey);
      this.#host.vhost.unbind(args.exchange, this.queue(name), key, args.arguments);
    }
    this.#reply(false, 'queue.unbind-ok');
  }

  #queueName(name: string): string {
    if (name !== '') return name;
    if (this.#lastQueue === '') throw new AmqpError(404, 'no previously declared queue');
    return this.#lastQueue;
  }

  /** AMQP 0-9-1 queue.bind: with neither queue nor key given, the queue's name is the key too. */
  #routingKey(queue: string, routingKey: string): string {
    return queue === '' && routingKey === '' ? this.#lastQueue : routingKey;
  }

  #reply<Name extends MethodName>(
    nowait: boolean,
    name: Name,
    args: Partial<MethodArguments<Name>> = {},
  ): void {
    if (!nowait) this.#host.send(this.#channel, name, args);
  }
}
