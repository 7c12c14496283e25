import { ignoredArguments } from './engine/queue-arguments.ts';
import type { VirtualHost } from './engine/virtual-host.ts';
import { plainTable } from './wire/plain-values.ts';
import type { PlainTable } from './wire/plain-values.ts';

export interface QueueState {
  readonly vhost: string;
  readonly name: string;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: PlainTable;
  /** Arguments that RabbitMQ acts on and this broker does not. */
  readonly ignoredArguments: readonly string[];
  /** Messages waiting for a consumer. */
  readonly messages: number;
  /** Bytes of the bodies of those. */
  readonly messageBytes: number;
  /** Delivered, not yet acknowledged. */
  readonly unacknowledged: number;
  readonly consumers: number;
}

export interface ExchangeState {
  readonly vhost: string;
  /** Empty for the default exchange. */
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: PlainTable;
}

/** The default exchange's implicit bindings are left out. */
export interface BindingState {
  readonly vhost: string;
  readonly source: string;
  readonly destination: string;
  readonly destinationType: 'queue' | 'exchange';
  readonly routingKey: string;
  readonly arguments: PlainTable;
}

export interface Topology {
  readonly queues: readonly QueueState[];
  readonly exchanges: readonly ExchangeState[];
  readonly bindings: readonly BindingState[];
}

/** A snapshot of everything the virtual hosts hold. */
export function topologyOf(vhosts: Iterable<VirtualHost>): Topology {
  const all = [...vhosts];
  return {
    queues: all.flatMap(queuesOf),
    exchanges: all.flatMap(exchangesOf),
    bindings: all.flatMap(bindingsOf),
  };
}

function queuesOf(vhost: VirtualHost): QueueState[] {
  return [...vhost.queues.values()].map((queue) => ({
    vhost: vhost.name,
    name: queue.name,
    durable: queue.properties.durable,
    exclusive: queue.properties.exclusive,
    autoDelete: queue.properties.autoDelete,
    arguments: plainTable(queue.properties.arguments),
    ignoredArguments: ignoredArguments(queue.properties.arguments),
    messages: queue.readyCount,
    messageBytes: queue.readyBytes,
    unacknowledged: queue.unacknowledgedCount,
    consumers: queue.consumerCount,
  }));
}

function exchangesOf(vhost: VirtualHost): ExchangeState[] {
  return [...vhost.exchanges.values()].map(({ properties }) => ({
    ...properties,
    vhost: vhost.name,
    arguments: plainTable(properties.arguments),
  }));
}

function bindingsOf(vhost: VirtualHost): BindingState[] {
  return [...vhost.exchanges.values()].flatMap((exchange) =>
    [...exchange.bindings()].map((binding) => ({
      vhost: vhost.name,
      source: exchange.name,
      destination: binding.destination.name,
      destinationType: binding.destination.kind,
      routingKey: binding.routingKey,
      arguments: plainTable(binding.arguments),
    })),
  );
}
