/**
 * The connections of `kumo.amqp.basic_publish`. kumod keeps one pool for each exact connection table,
 * and replaces a pooled connection that has closed (KumoMTA crates/mod-amqp/src/amqprs_client.rs
 * 145-169, 214-236). One connection serves a pool here: handing a message over, all that kumod holds
 * one for, takes no time.
 */
import type { AmqpConnectionTable } from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { Publisher } from '../client-contract.ts';

export class ConnectionPools {
  readonly #pools = new Map<string, Promise<Publisher>>();

  /** An open connection for the table: the one that is there, or one that `dial` makes. */
  async get(table: AmqpConnectionTable, dial: () => Promise<Publisher>): Promise<Publisher> {
    const key = JSON.stringify(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
    for (;;) {
      const existing = this.#pools.get(key);
      const publisher = await existing?.catch(() => undefined);
      if (publisher?.isOpen === true) {
        return publisher;
      }
      if (this.#pools.get(key) === existing) {
        const dialled = dial();
        this.#pools.set(key, dialled);
        return dialled;
      }
      // Another session has dialled anew meanwhile.
    }
  }

  /** Every connection that was made, no longer pooled. */
  async takeAll(): Promise<readonly Publisher[]> {
    const made = await Promise.allSettled([...this.#pools.values()]);
    this.#pools.clear();
    return made.flatMap((pool) => (pool.status === 'fulfilled' ? [pool.value] : []));
  }
}
