import type { Dialect } from '../dialects.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import { ByteWriter } from '../wire/byte-writer.ts';
import type { FieldTable } from '../wire/field-table.ts';
import { emptyTable, writeTable } from '../wire/field-table.ts';
import { headersMatch, topicMatches } from './binding-match.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';

export const exchangeTypes = ['direct', 'fanout', 'topic', 'headers'] as const;
export type ExchangeType = (typeof exchangeTypes)[number];

/** Throws for any other, as the dialect does. */
export function assertExchangeType(
  type: string,
  { unknownExchangeTypeCode }: Dialect,
): asserts type is ExchangeType {
  if (!(exchangeTypes as readonly string[]).includes(type)) {
    throw new AmqpError(unknownExchangeTypeCode, `unknown exchange type '${type}'`);
  }
}

export interface ExchangeProperties {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: FieldTable;
}

const predeclared: readonly (readonly [name: string, type: ExchangeType, internal?: true])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
  ['amq.rabbitmq.trace', 'topic', true],
];

/** Those every virtual host has from the start, the default exchange among them. */
export function predeclaredExchanges(): Exchange[] {
  return predeclared.map(([name, type, internal = false]) => {
    const properties = { name, type, internal, durable: true, autoDelete: false };
    return new Exchange({ ...properties, arguments: emptyTable });
  });
}

export interface Binding {
  readonly destination: Queue | Exchange;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}

/** An exchange and its bindings to queues and other exchanges. */
export class Exchange {
  readonly kind = 'exchange';
  readonly properties: ExchangeProperties;
  /** By routing key, which is all that a direct exchange looks at; then by destination and arguments. */
  readonly #bindings = new Map<string, Map<string, Binding>>();
  readonly #destinationIds = new WeakMap<Queue | Exchange, number>();
  #lastDestinationId = 0;

  constructor(properties: ExchangeProperties) {
    this.properties = properties;
  }

  get name(): string {
    return this.properties.name;
  }

  get isBound(): boolean {
    return this.#bindings.size > 0;
  }

  *bindings(): Generator<Binding> {
    for (const sameKey of this.#bindings.values()) yield* sameKey.values();
  }

  /** Binding twice with the same key and arguments is one binding. */
  bind(binding: Binding): void {
    const sameKey = this.#bindings.get(binding.routingKey) ?? new Map<string, Binding>();
    sameKey.set(this.#identity(binding), binding);
    this.#bindings.set(binding.routingKey, sameKey);
  }

  hasBinding(binding: Binding): boolean {
    return this.#bindings.get(binding.routingKey)?.has(this.#identity(binding)) ?? false;
  }

  /** True when the binding was there. */
  unbind(binding: Binding): boolean {
    const sameKey = this.#bindings.get(binding.routingKey);
    if (sameKey === undefined) return false;
    const removed = sameKey.delete(this.#identity(binding));
    if (sameKey.size === 0) this.#bindings.delete(binding.routingKey);
    return removed;
  }

  /** True when there were bindings to it. */
  unbindAll(destination: Queue | Exchange): boolean {
    const gone = [...this.bindings()].filter((binding) => binding.destination === destination);
    for (const binding of gone) this.unbind(binding);
    return gone.length > 0;
  }

  /** Where the bindings send the message; a destination may come twice. */
  destinations(message: Message, dialect: Dialect): (Queue | Exchange)[] {
    return this.#matching(message, dialect).map((binding) => binding.destination);
  }

  #matching(message: Message, { comparesHeaderNumbers }: Dialect): Binding[] {
    switch (this.properties.type) {
      case 'direct':
        return message.routingKeys.flatMap((key) => [...(this.#bindings.get(key)?.values() ?? [])]);
      case 'fanout':
        return [...this.bindings()];
      case 'topic':
        return message.routingKeys.flatMap((key) =>
          [...this.#bindings]
            .filter(([pattern]) => topicMatches(pattern, key))
            .flatMap(([, sameKey]) => [...sameKey.values()]),
        );
      case 'headers': {
        const headers = message.properties().headers ?? emptyTable;
        return [...this.bindings()].filter((binding) =>
          headersMatch(binding.arguments, headers, comparesHeaderNumbers),
        );
      }
    }
  }

  #identity(binding: Binding): string {
    let id = this.#destinationIds.get(binding.destination);
    if (id === undefined) {
      id = ++this.#lastDestinationId;
      this.#destinationIds.set(binding.destination, id);
    }
    if (binding.arguments.size === 0) return String(id);
    const writer = new ByteWriter();
    writeTable(writer, new Map([...binding.arguments].sort(([a], [b]) => (a < b ? -1 : 1))));
    return `${id} ${writer.bytes().toString('latin1')}`;
  }
}
