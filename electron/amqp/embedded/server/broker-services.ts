import type { EventEmitter } from 'node:events';
import type { BrokerEvents } from '../broker-events.ts';
import type { VirtualHost } from '../engine/virtual-host.ts';
import type { Fault } from '../faults.ts';

/** What connections and channels ask the broker for. Read anew each time: it changes while running. */
export interface BrokerServices {
  readonly fault: Fault | undefined;
  /** Why no publisher may go on; undefined while all may. */
  readonly blockedReason: string | undefined;
  readonly maxMessageBytes: number;
  readonly events: EventEmitter<BrokerEvents>;
  acceptsLogin(user: string, password: string): boolean;
  virtualHost(name: string): VirtualHost | undefined;
  /** Something the topology shows is different now. */
  changed(): void;
}
