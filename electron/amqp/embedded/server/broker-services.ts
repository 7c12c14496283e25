import type { EventEmitter } from 'node:events';
import type { ActiveFaults } from '../active-faults.ts';
import type { BrokerEvents } from '../broker-events.ts';
import type { Dialect } from '../dialects.ts';
import type { VirtualHost } from '../engine/virtual-host.ts';
import type { Users } from '../users.ts';

/** What connections and channels ask the broker for. Read anew each time: it changes while running. */
export interface BrokerServices {
  readonly faults: ActiveFaults;
  /** Why no publisher may go on; undefined while all may. */
  readonly blockedReason: string | undefined;
  readonly dialect: Dialect;
  readonly maxMessageBytes: number;
  readonly events: EventEmitter<BrokerEvents>;
  readonly users: Users;
  virtualHost(name: string): VirtualHost | undefined;
  /** Something the topology shows is different now. */
  changed(): void;
}
