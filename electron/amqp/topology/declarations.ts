/**
 * What somebody declared on a broker, in the words of RabbitMQ's definitions export. What is as it is
 * by default is left out, so that the same thing is always told the same way.
 */
import { predeclaredExchanges } from '../embedded/engine/exchange.ts';
import type { Topology } from '../embedded/topology.ts';
import type { PlainTable } from '../embedded/wire/plain-values.ts';

export interface DeclaredExchange {
  readonly name: string;
  readonly type: string;
  /** Default: true. */
  readonly durable?: boolean | undefined;
  readonly auto_delete?: boolean | undefined;
  readonly internal?: boolean | undefined;
  readonly arguments?: PlainTable | undefined;
}

export interface DeclaredQueue {
  readonly name: string;
  /** Default: true. */
  readonly durable?: boolean | undefined;
  readonly auto_delete?: boolean | undefined;
  readonly arguments?: PlainTable | undefined;
}

export interface DeclaredBinding {
  readonly source: string;
  readonly destination: string;
  /** Default: `queue`. */
  readonly destination_type?: 'queue' | 'exchange' | undefined;
  /** Default: empty. */
  readonly routing_key?: string | undefined;
  readonly arguments?: PlainTable | undefined;
}

export interface Declarations {
  readonly exchanges: readonly DeclaredExchange[];
  readonly queues: readonly DeclaredQueue[];
  readonly bindings: readonly DeclaredBinding[];
}

export const noDeclarations: Declarations = { exchanges: [], queues: [], bindings: [] };

const predeclared: ReadonlySet<string> = new Set(
  predeclaredExchanges().map(({ properties }) => properties.name),
);

/** Of one virtual host. Without the exchanges that every one has, and queues that end with their connection. */
export function declarationsOf(topology: Topology, vhost = '/'): Declarations {
  const isHere = (held: { readonly vhost: string }): boolean => held.vhost === vhost;
  const passing = new Set(
    topology.queues.filter((queue) => isHere(queue) && queue.exclusive).map(({ name }) => name),
  );
  return {
    exchanges: topology.exchanges
      .filter((exchange) => isHere(exchange) && !predeclared.has(exchange.name))
      .map(({ name, type, durable, autoDelete, internal, arguments: args }) => ({
        name,
        type,
        ...flags({ durable, auto_delete: autoDelete, internal }),
        ...argumentsKey(args),
      })),
    queues: topology.queues
      .filter((queue) => isHere(queue) && !queue.exclusive)
      .map(({ name, durable, autoDelete, arguments: args }) => ({
        name,
        ...flags({ durable, auto_delete: autoDelete }),
        ...argumentsKey(args),
      })),
    bindings: topology.bindings
      .filter(
        (binding) =>
          isHere(binding) &&
          !(binding.destinationType === 'queue' && passing.has(binding.destination)),
      )
      .map(({ source, destination, destinationType, routingKey, arguments: args }) => ({
        source,
        destination,
        ...(destinationType === 'queue' ? {} : { destination_type: destinationType }),
        ...(routingKey === '' ? {} : { routing_key: routingKey }),
        ...argumentsKey(args),
      })),
  };
}

/** As `loadDefinitions` takes them. */
export function definitionsOf({ exchanges, queues, bindings }: Declarations): object {
  return {
    exchanges,
    queues,
    bindings: bindings.map((binding) => ({ destination_type: 'queue', ...binding })),
  };
}

/** Those of `all` that are not, in exactly that way, among `others`. */
export function declaredBeyond(all: Declarations, others: Declarations): Declarations {
  const beyond = <T>(list: readonly T[], known: readonly T[]): T[] => {
    const keys = new Set(known.map(keyOf));
    return list.filter((each) => !keys.has(keyOf(each)));
  };
  return {
    exchanges: beyond(all.exchanges, others.exchanges),
    queues: beyond(all.queues, others.queues),
    bindings: beyond(all.bindings, others.bindings),
  };
}

/** Each once, in the order in which they come. */
export function declaredTogether(lists: readonly Declarations[]): Declarations {
  const together = <T>(each: readonly T[]): T[] => [
    ...new Map(each.map((item) => [keyOf(item), item])).values(),
  ];
  return {
    exchanges: together(lists.flatMap(({ exchanges }) => exchanges)),
    queues: together(lists.flatMap(({ queues }) => queues)),
    bindings: together(lists.flatMap(({ bindings }) => bindings)),
  };
}

export function countDeclarations({ exchanges, queues, bindings }: Declarations): number {
  return exchanges.length + queues.length + bindings.length;
}

/** Things that are the same have the same: `declarationsOf` writes their keys in one order. */
function keyOf(item: unknown): string {
  return JSON.stringify(item);
}

function flags<K extends string>(set: { readonly [name in K]: boolean }): {
  [name in K]?: boolean;
} {
  const isUsual = ([name, value]: [string, unknown]): boolean => value === (name === 'durable');
  return Object.fromEntries(Object.entries(set).filter((flag) => !isUsual(flag))) as {
    [name in K]?: boolean;
  };
}

function argumentsKey(args: PlainTable): { readonly arguments?: PlainTable } {
  return Object.keys(args).length === 0 ? {} : { arguments: args };
}
