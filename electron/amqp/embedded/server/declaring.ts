import { assertNotDefaultExchange, notFound, withoutLineEnds } from '../engine/names.ts';
import type { Queue } from '../engine/queue.ts';
import { replyQueue } from '../engine/reply-addresses.ts';
import type { Destination } from '../engine/virtual-host.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { FieldTable } from '../wire/field-table.ts';
import type { Method, MethodArguments } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';
import type { ChannelHost } from './channel-host.ts';
import { declareExchange, deleteExchange } from './declaring-exchanges.ts';
import { declareQueue, deleteQueue } from './declaring-queues.ts';

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

  /** The queue to read from. Throws 403, 404 and 405. */
  readable(name: string): Queue {
    const { access, vhost } = this.#host;
    const known = this.#queueName(name);
    access.assert('read', 'queue', known);
    return vhost.queue(known, this.#host);
  }

  handle(method: DeclaringMethod): void {
    switch (method.name) {
      case 'exchange.declare':
        declareExchange(this.#host, method.args);
        return this.#reply(method.args.nowait, 'exchange.declare-ok');
      case 'exchange.delete':
        deleteExchange(this.#host, method.args);
        return this.#reply(method.args.nowait, 'exchange.delete-ok');
      case 'exchange.bind':
      case 'exchange.unbind': {
        const { source, destination, nowait } = method.args;
        const action = method.name === 'exchange.bind' ? 'bind' : 'unbind';
        this.#binding(action, source, { kind: 'exchange', name: destination }, method.args);
        return this.#reply(nowait, `${method.name}-ok`);
      }
      case 'queue.declare':
        return this.#declareQueue(method.args);
      case 'queue.delete': {
        const name = this.#queueName(method.args.queue);
        const messageCount = deleteQueue(this.#host, name, method.args);
        return this.#reply(method.args.nowait, 'queue.delete-ok', { messageCount });
      }
      case 'queue.bind':
        this.#queueBinding('bind', method.args);
        return this.#reply(method.args.nowait, 'queue.bind-ok');
      case 'queue.unbind':
        this.#queueBinding('unbind', method.args);
        return this.#reply(false, 'queue.unbind-ok');
      case 'queue.purge': {
        const messageCount = this.readable(method.args.queue).purge();
        return this.#reply(method.args.nowait, 'queue.purge-ok', { messageCount });
      }
    }
  }

  #declareQueue(args: MethodArguments<'queue.declare'>): void {
    if (args.queue.startsWith(replyQueue)) return this.#declareReplyQueue(args);
    const queue = declareQueue(this.#host, args);
    this.#lastQueue = queue.name;
    this.#reply(args.nowait, 'queue.declare-ok', {
      queue: queue.name,
      messageCount: queue.readyCount,
      consumerCount: queue.consumerCount,
    });
  }

  /** However it is declared: it is there, with its one consumer, or it is not. Throws 404. */
  #declareReplyQueue({ queue, nowait }: MethodArguments<'queue.declare'>): void {
    const { vhost } = this.#host;
    if (!vhost.replies.has(queue)) throw notFound('queue', queue, vhost.name);
    this.#lastQueue = queue;
    this.#reply(nowait, 'queue.declare-ok', { queue, messageCount: 0, consumerCount: 1 });
  }

  #queueBinding(
    action: 'bind' | 'unbind',
    args: Omit<MethodArguments<'queue.bind'>, 'nowait'>,
  ): void {
    const name = this.#queueName(args.queue);
    // AMQP 0-9-1 queue.bind: with neither queue nor key given, the queue's name is the key too.
    const routingKey =
      args.queue === '' && args.routingKey === '' ? this.#lastQueue : args.routingKey;
    this.#binding(action, args.exchange, { kind: 'queue', name }, { ...args, routingKey });
  }

  /** In the order RabbitMQ looks (`rabbit_channel:binding_action/9`). Throws 403 to 406. */
  #binding(
    action: 'bind' | 'unbind',
    from: string,
    to: Destination,
    args: { readonly routingKey: string; readonly arguments: FieldTable },
  ): void {
    const { access, vhost } = this.#host;
    const source = withoutLineEnds(from);
    const destination = { kind: to.kind, name: withoutLineEnds(to.name) };
    access.assert('write', destination.kind, destination.name);
    if (destination.kind === 'exchange') assertNotDefaultExchange(destination.name);
    assertNotDefaultExchange(source);
    access.assert('read', 'exchange', source);
    vhost[action](source, destination, args.routingKey, args.arguments, this.#host);
  }

  #queueName(name: string): string {
    if (name !== '') return name;
    if (this.#lastQueue === '') throw new AmqpError(404, 'no previously declared queue');
    return this.#lastQueue;
  }

  #reply<Name extends MethodName>(
    nowait: boolean,
    name: Name,
    args: Partial<MethodArguments<Name>> = {},
  ): void {
    if (!nowait) this.#host.send(this.#channel, name, args);
  }
}
