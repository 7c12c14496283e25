/** Which exchanges and routing keys the last run published to. */
import type { Entry, SourceLocation } from '../../lua-runtime/recording/entries.ts';

export interface PublishedName {
  readonly exchange: string;
  readonly routingKey: string;
  /** Of its first publish. */
  readonly location?: SourceLocation;
}

/** A run may have a routing key for each message. */
const KEPT = 200;

export class PublishedNames {
  #runId = '';
  readonly #names = new Map<string, PublishedName>();

  /** The names of another run push out those of the one before. */
  add(runId: string, entries: readonly Entry[]): void {
    if (runId !== this.#runId) this.#names.clear();
    this.#runId = runId;
    for (const entry of entries) {
      if (entry.kind !== 'publish' || this.#names.size >= KEPT) continue;
      const { exchange, routing_key: routingKey, location } = entry;
      const key = JSON.stringify([exchange, routingKey]);
      if (this.#names.has(key)) continue;
      this.#names.set(key, { exchange, routingKey, ...(location ? { location } : {}) });
    }
  }

  /** Another policy publishes elsewhere. */
  clear(): void {
    this.#names.clear();
  }

  list(): PublishedName[] {
    return [...this.#names.values()];
  }
}
