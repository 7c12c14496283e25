import { randomBytes } from 'node:crypto';
import { AmqpError } from '../wire/amqp-error.ts';
import { emptyTable } from '../wire/field-table.ts';
import type { FieldTable } from '../wire/field-table.ts';
import { fieldText } from '../wire/plain-values.ts';
import { assertHeadersBinding } from './binding-match.ts';
import { Exchange, exchangeTypes } from './exchange.ts';
import type { ExchangeProperties, ExchangeType } from './exchange.ts';
import type { Message } from './message.ts';
import type { MessageMemory } from './message-memory.ts';
import { Queue } from './queue.ts';
import type { Consumer, QueueProperties } from './queue.ts';
import { assertSameArguments, parseQueueLimits } from './queue-arguments.ts';

/** Where a message went. `accepted` is false when a queue at its limit refused it. */
export interface RouteResult {
  readonly queues: readonly Queue[];
  readonly accepted: boolean;
}

const predeclared: readonly (readonly [name: string, type: ExchangeType])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
];

/** The exchanges and queues of one virtual host. Errors are RabbitMQ's: codes and words. */
export class VirtualHost {
  readonly name: string;
  readonly exchanges = new Map<string, Exchange>();
  readonly queues = new Map<string, Queue>();
  readonly #memory: MessageMemory;
  readonly #changed: () => void;

  constructor(name: string, memory: MessageMemory, changed: () => void) {
    this.name = name;
    this.#memory = memory;
    this.#changed = changed;
    for (const [exchange, type] of predeclared) {
      this.exchanges.set(
        exchange,
        new Exchange({
          name: exchange,
          type,
          durable: true,
          autoDelete: false,
          internal: false,
          arguments: emptyTable,
        }),
      );
    }
  }

  /** Throws 404. */
  exchange(name: string): Exchange {
    const exchange = this.exchanges.get(name);
    if (exchange === undefined) throw this.#notFound('exchange', name);
    return exchange;
  }

  /** Throws 404, and 405 when it is another connection's own. */
  queue(name: string, connection: object): Queue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw this.#notFound('queue', name);
    if (queue.properties.exclusive && queue.properties.owner !== connection) {
      throw this.#locked(name);
    }
    return queue;
  }

  /** Creates it, or throws 406 when one with other properties is there. */
  declareExchange(wanted: Omit<ExchangeProperties, 'type'> & { readonly type: string }): void {
    const { name, type } = wanted;
    if (name === '') throw defaultExchangeRefused();
    if (!isExchangeType(type)) throw new AmqpError(503, `unknown exchange type '${type}'`);
    const existing = this.exchanges.get(name);
    const of = this.#described('exchange', name);
    if (existing !== undefined) {
      const has = existing.properties;
      assertSame('type', has.type, type, of);
      assertSame('durable', has.durable, wanted.durable, of);
      assertSame('auto_delete', has.autoDelete, wanted.autoDelete, of);
      assertSame('internal', has.internal, wanted.internal, of);
      assertSameArguments(has.arguments, wanted.arguments, of, ['alternate-exchange']);
      return;
    }
    if (name.startsWith('amq.')) throw reservedName('exchange', name);
    this.exchanges.set(name, new Exchange({ ...wanted, type }));
    this.#changed();
  }

  deleteExchange(name: string, ifUnused: boolean): void {
    if (name === '') throw defaultExchangeRefused();
    if (name.startsWith('amq.')) {
      throw new AmqpError(
        403,
        `deletion of system ${this.#described('exchange', name)} not allowed`,
      );
    }
    const exchange = this.exchanges.get(name);
    if (exchange === undefined) return;
    if (ifUnused && exchange.isBound) {
      throw new AmqpError(406, `${this.#described('exchange', name)} in use`);
    }
    this.#removeExchange(exchange);
  }

  /**
   * Returns the queue, new or as it was. An empty name asks for a generated one. Throws 403 for a
   * reserved name, 405 for another connection's queue or a change of `exclusive`, 406 for others.
   */
  declareQueue(wanted: QueueProperties): Queue {
    const name =
      wanted.name === '' ? `amq.gen-${randomBytes(16).toString('base64url')}` : wanted.name;
    const of = this.#described('queue', name);
    const existing = this.queues.get(name);
    if (existing !== undefined) {
      const has = existing.properties;
      if (has.exclusive !== wanted.exclusive || has.owner !== wanted.owner)
        throw this.#locked(name);
      assertSame('durable', has.durable, wanted.durable, of);
      assertSame('auto_delete', has.autoDelete, wanted.autoDelete, of);
      assertSameArguments(has.arguments, wanted.arguments, of);
      return existing;
    }
    if (wanted.name.startsWith('amq.')) throw reservedName('queue', name);
    const limits = parseQueueLimits(wanted.arguments, of, wanted.durable);
    const queue = new Queue({ ...wanted, name }, limits, this.#memory, this.#changed);
    this.queues.set(name, queue);
    this.#changed();
    return queue;
  }

  /** Returns how many messages went with it. Throws 406 when a condition does not hold. */
  deleteQueue(queue: Queue, conditions: { ifUnused?: boolean; ifEmpty?: boolean } = {}): number {
    const of = this.#described('queue', queue.name);
    if (conditions.ifUnused === true && queue.consumerCount > 0) {
      throw new AmqpError(406, `${of} in use`);
    }
    if (conditions.ifEmpty === true && queue.readyCount > 0) {
      throw new AmqpError(406, `${of} not empty`);
    }
    this.queues.delete(queue.name);
    this.#dropBindingsTo(queue);
    const dropped = queue.markDeleted();
    this.#changed();
    return dropped;
  }

  bind(source: string, destination: Queue | Exchange, routingKey: string, args: FieldTable): void {
    if (source === '') throw defaultExchangeRefused();
    const exchange = this.exchange(source);
    if (exchange.properties.type === 'headers') assertHeadersBinding(args);
    exchange.bind({ destination, routingKey, arguments: args });
    this.#changed();
  }

  /** Taking away what is not there is fine, as in RabbitMQ. */
  unbind(
    source: string,
    destination: Queue | Exchange,
    routingKey: string,
    args: FieldTable,
  ): void {
    if (source === '') throw defaultExchangeRefused();
    const exchange = this.exchanges.get(source);
    if (exchange?.unbind({ destination, routingKey, arguments: args }) === true) {
      this.#lostBinding(exchange);
      this.#changed();
    }
  }

  /** Takes the consumer away; an auto-delete queue goes with its last one. */
  removeConsumer(queue: Queue, consumer: Consumer): void {
    if (
      queue.removeConsumer(consumer) &&
      queue.properties.autoDelete &&
      queue.consumerCount === 0 &&
      this.queues.get(queue.name) === queue
    ) {
      this.deleteQueue(queue);
    }
  }

  /** Throws 404 for a missing exchange and 403 for an internal one: before anything is stored. */
  assertCanPublish(exchange: string): void {
    if (this.exchange(exchange).properties.internal) {
      throw new AmqpError(
        403,
        `cannot publish to internal ${this.#described('exchange', exchange)}`,
      );
    }
  }

  /** Routes and stores. A queue that refuses does not keep the others from taking the message. */
  publish(message: Message): RouteResult {
    const queues = this.#route(message);
    let accepted = true;
    for (const queue of queues) {
      if (queue.refuses) accepted = false;
      else queue.add(message);
    }
    return { queues, accepted };
  }

  #route(message: Message): Queue[] {
    if (message.exchange === '') {
      const queue = this.queues.get(message.routingKey);
      return queue === undefined ? [] : [queue];
    }
    const found = new Set<Queue>();
    const seen = new Set<Exchange>();
    const open = [this.exchange(message.exchange)];
    for (let exchange = open.pop(); exchange !== undefined; exchange = open.pop()) {
      if (seen.has(exchange)) continue;
      seen.add(exchange);
      const destinations = exchange.destinations(message);
      for (const destination of destinations) {
        if (destination instanceof Queue) found.add(destination);
        else open.push(destination);
      }
      const alternate = exchange.properties.arguments.get('alternate-exchange');
      if (destinations.length === 0 && alternate !== undefined) {
        const next = this.exchanges.get(fieldText(alternate));
        if (next !== undefined) open.push(next);
      }
    }
    return [...found];
  }

  #removeExchange(exchange: Exchange): void {
    this.exchanges.delete(exchange.name);
    this.#dropBindingsTo(exchange);
    this.#changed();
  }

  #dropBindingsTo(destination: Queue | Exchange): void {
    for (const exchange of [...this.exchanges.values()]) {
      if (exchange.unbindAll(destination)) this.#lostBinding(exchange);
    }
  }

  /** An auto-delete exchange goes with its last binding. */
  #lostBinding(exchange: Exchange): void {
    if (exchange.properties.autoDelete && !exchange.isBound) this.#removeExchange(exchange);
  }

  #described(kind: 'queue' | 'exchange', name: string): string {
    return `${kind} '${name}' in vhost '${this.name}'`;
  }

  #notFound(kind: 'queue' | 'exchange', name: string): AmqpError {
    return new AmqpError(404, `no ${this.#described(kind, name)}`);
  }

  #locked(name: string): AmqpError {
    return new AmqpError(
      405,
      `cannot obtain exclusive access to locked ${this.#described('queue', name)}. It could be ` +
        'originally declared on another connection or the exclusive property value does not ' +
        'match that of the original declaration.',
    );
  }
}

function isExchangeType(type: string): type is ExchangeType {
  return (exchangeTypes as readonly string[]).includes(type);
}

/** The default exchange has a binding for every queue and none besides. */
export function defaultExchangeRefused(): AmqpError {
  return new AmqpError(403, 'operation not permitted on the default exchange');
}

function reservedName(kind: 'queue' | 'exchange', name: string): AmqpError {
  return new AmqpError(403, `${kind} name '${name}' contains reserved prefix 'amq.*'`);
}

function assertSame(
  property: string,
  has: string | boolean,
  wanted: string | boolean,
  of: string,
): void {
  if (has === wanted) return;
  throw new AmqpError(
    406,
    `inequivalent arg '${property}' for ${of}: received '${wanted}' but current is '${has}'`,
  );
}
