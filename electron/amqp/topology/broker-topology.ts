import type { PlainTable } from '../embedded/wire/plain-values.ts';

/** What one virtual host of a broker holds, of whichever broker it is. */
export interface BrokerTopology {
  readonly exchanges: readonly TopologyExchange[];
  readonly queues: readonly TopologyQueue[];
  /** Without the default exchange's implicit ones. */
  readonly bindings: readonly TopologyBinding[];
}

export interface TopologyExchange {
  /** Empty for the default exchange. */
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly internal: boolean;
  readonly arguments: PlainTable;
}

export interface TopologyQueue {
  readonly name: string;
  readonly durable: boolean;
  /** Waiting for a consumer. */
  readonly messages: number;
  /** Delivered, not yet acknowledged. */
  readonly unacknowledged: number;
  readonly consumers: number;
  readonly arguments: PlainTable;
}

export interface TopologyBinding {
  readonly source: string;
  readonly destination: string;
  readonly destinationType: 'queue' | 'exchange';
  readonly routingKey: string;
  readonly arguments: PlainTable;
}
