import type { Dialect } from '../dialects.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { FieldTable } from '../wire/field-table.ts';
import { assertSameExchange, assertSameQueue } from './argument-equivalence.ts';
import { assertHeadersBinding } from './binding-match.ts';
import { DeadLetters } from './dead-letters.ts';
import { Exchange, assertExchangeType, predeclaredExchanges } from './exchange.ts';
import type { ExchangeProperties } from './exchange.ts';
import type { Message } from './message.ts';
import type { MessageMemory } from './message-memory.ts';
import {
  assertNotDefaultExchange,
  assertNotReserved,
  described,
  generatedName,
  locked,
  notFound,
} from './names.ts';
import type { ResourceKind } from './names.ts';
import { Queue } from './queue.ts';
import type { QueueHost, QueueProperties } from './queue.ts';
import type { Consumer } from './queue-consumers.ts';
import { parseQueueSettings } from './queue-arguments.ts';
import { ReplyAddresses } from './reply-addresses.ts';
import { routed } from './routing.ts';

/** What an exchange sends to. */
export interface Destination {
  readonly kind: ResourceKind;
  readonly name: string;
}

/** Where a message went. `accepted` is false when a queue at its limit refused it. */
export interface RouteResult {
  readonly queues: readonly Queue[];
  readonly accepted: boolean;
}

/** What a virtual host needs of its broker. */
export interface VirtualHostParts {
  readonly memory: MessageMemory;
  /** Asked anew each time: it may change. */
  readonly dialect: () => Dialect;
  /** What the topology shows is different now. */
  readonly changed: () => void;
}

/** The exchanges and queues of one virtual host. Errors are RabbitMQ's: codes and words. */
export class VirtualHost {
  readonly name: string;
  readonly exchanges = new Map<string, Exchange>();
  readonly queues = new Map<string, Queue>();
  readonly replies = new ReplyAddresses();
  /** Grows whenever something is declared, bound or taken away. */
  declarations = 0;
  readonly #changed: () => void;
  readonly #dialect: () => Dialect;
  readonly #queueHost: QueueHost;

  constructor(name: string, { memory, dialect, changed }: VirtualHostParts) {
    this.name = name;
    this.#changed = () => {
      this.declarations++;
      changed();
    };
    this.#dialect = dialect;
    const deadLetters = new DeadLetters({
      dialect,
      hasExchange: (exchange) => this.exchanges.has(exchange),
      route: (message) => this.route(message),
      deliver: (message, queues) => this.deliver(message, queues),
    });
    this.#queueHost = {
      memory,
      changed,
      deadLetter: (queue, message, reason) => deadLetters.take(queue, message, reason),
      expired: (queue) => this.deleteQueue(queue),
    };
    for (const exchange of predeclaredExchanges()) this.exchanges.set(exchange.name, exchange);
  }

  /** Throws 404. */
  exchange(name: string): Exchange {
    const exchange = this.exchanges.get(name);
    if (exchange === undefined) throw notFound('exchange', name, this.name);
    return exchange;
  }

  /** Throws 404, and 405 when it is another connection's own. */
  queue(name: string, connection: object): Queue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw notFound('queue', name, this.name);
    this.#assertAccess(queue, connection);
    return queue;
  }

  /** Creates it, or throws 406 when one with other properties is there. */
  declareExchange(wanted: Omit<ExchangeProperties, 'type'> & { readonly type: string }): void {
    const { name, type } = wanted;
    assertExchangeType(type, this.#dialect());
    assertNotDefaultExchange(name);
    const existing = this.exchanges.get(name);
    if (existing !== undefined) {
      const of = described('exchange', name, this.name);
      return assertSameExchange(existing.properties, wanted, of);
    }
    assertNotReserved('exchange', name);
    this.exchanges.set(name, new Exchange({ ...wanted, type }));
    this.#changed();
  }

  deleteExchange(name: string, ifUnused: boolean): void {
    assertNotDefaultExchange(name);
    const of = described('exchange', name, this.name);
    if (name.startsWith('amq.')) {
      throw new AmqpError(403, `deletion of system ${of} not allowed`);
    }
    const exchange = this.exchanges.get(name);
    if (exchange === undefined) return;
    if (ifUnused && exchange.isBound) throw new AmqpError(406, `${of} in use`);
    this.#removeExchange(exchange);
  }

  /**
   * Returns the queue, new or as it was. An empty name asks for a generated one. Throws 403 for a
   * reserved name, 405 for another connection's queue or a change of `exclusive`, 406 for others.
   */
  declareQueue(wanted: QueueProperties): Queue {
    if (wanted.name !== '') assertNotReserved('queue', wanted.name);
    const name = wanted.name === '' ? generatedName('amq.gen') : wanted.name;
    // A queue of one connection goes with it, whatever was asked for.
    const durable = wanted.durable && !wanted.exclusive;
    const of = described('queue', name, this.name);
    const existing = this.queues.get(name);
    if (existing !== undefined) {
      if (existing.properties.owner !== wanted.owner) throw locked(name, this.name);
      assertSameQueue(existing.properties, { ...wanted, durable }, of, this.#dialect());
      existing.used();
      return existing;
    }
    const flags = { ...wanted, durable };
    const settings = parseQueueSettings(wanted.arguments, of, flags, this.#dialect());
    const queue = new Queue({ ...wanted, name, durable }, settings, this.#queueHost);
    this.queues.set(name, queue);
    this.#changed();
    return queue;
  }

  /** Returns how many messages went with it. Throws 406 when a condition does not hold. */
  deleteQueue(queue: Queue, conditions: { ifUnused?: boolean; ifEmpty?: boolean } = {}): number {
    const of = described('queue', queue.name, this.name);
    if (conditions.ifEmpty === true && queue.readyCount > 0) {
      throw new AmqpError(406, `${of} not empty`);
    }
    if (conditions.ifUnused === true && queue.consumerCount > 0) {
      throw new AmqpError(406, `${of} in use`);
    }
    this.queues.delete(queue.name);
    this.#dropBindingsTo(queue);
    const dropped = queue.markDeleted();
    this.#changed();
    return dropped;
  }

  /** Throws 404 for whichever is missing, the source first; 405 and 406. */
  bind(
    source: string,
    destination: Destination,
    routingKey: string,
    args: FieldTable,
    connection?: object,
  ): void {
    assertNotDefaultExchange(source);
    const exchange = this.exchange(source);
    const found = this.#find(destination);
    if (found === undefined) throw notFound(destination.kind, destination.name, this.name);
    if (exchange.properties.type === 'headers') assertHeadersBinding(args);
    if (found instanceof Queue) this.#assertAccess(found, connection);
    exchange.bind({ destination: found, routingKey, arguments: args });
    this.#changed();
  }

  /** Taking away what is not there is fine, as in RabbitMQ. Throws 405. */
  unbind(
    source: string,
    destination: Destination,
    routingKey: string,
    args: FieldTable,
    connection?: object,
  ): void {
    assertNotDefaultExchange(source);
    const exchange = this.exchanges.get(source);
    const found = this.#find(destination);
    if (exchange === undefined || found === undefined) return;
    const binding = { destination: found, routingKey, arguments: args };
    if (!exchange.hasBinding(binding)) return;
    if (found instanceof Queue) this.#assertAccess(found, connection);
    exchange.unbind(binding);
    this.#lostBinding(exchange);
    this.#changed();
  }

  /** Takes the consumer away; an auto-delete queue goes with its last one. */
  removeConsumer(queue: Queue, consumer: Consumer): void {
    if (
      queue.removeConsumer(consumer) &&
      queue.properties.autoDelete &&
      queue.consumerCount === 0 &&
      !queue.isDeleted
    ) {
      this.deleteQueue(queue);
    }
  }

  /** Throws 404 for a missing exchange and 403 for an internal one: before anything is stored. */
  assertCanPublish(exchange: string): void {
    if (this.exchange(exchange).properties.internal) {
      const of = described('exchange', exchange, this.name);
      throw new AmqpError(403, `cannot publish to internal ${of}`);
    }
  }

  /** Routes and stores. A queue that refuses does not keep the others from taking the message. */
  publish(message: Message): RouteResult {
    return this.deliver(message, this.route(message));
  }

  /** Stores in queues that `route` found; those deleted meanwhile get nothing. */
  deliver(message: Message, queues: readonly Queue[]): RouteResult {
    if (message.exchange === '') this.replies.deliver(message);
    let accepted = true;
    for (const queue of queues) {
      if (!queue.isDeleted && !queue.add(message)) accepted = false;
    }
    return { queues, accepted };
  }

  /** Throws 404. */
  route(message: Message): Queue[] {
    if (message.exchange !== '') {
      return routed(message, this.exchange(message.exchange), this.exchanges, this.#dialect());
    }
    const found = new Set<Queue>();
    for (const key of message.routingKeys) {
      const queue = this.queues.get(key);
      if (queue !== undefined) found.add(queue);
    }
    return [...found];
  }

  #find({ kind, name }: Destination): Queue | Exchange | undefined {
    return (kind === 'queue' ? this.queues : this.exchanges).get(name);
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

  #assertAccess(queue: Queue, connection: object | undefined): void {
    const { owner } = queue.properties;
    if (owner !== undefined && owner !== connection) throw locked(queue.name, this.name);
  }
}
