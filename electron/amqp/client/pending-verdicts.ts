/** The verdicts that are still to come, under what they belong to. */
import type { BrokerVerdict } from '../client-contract.ts';

export class PendingVerdicts<K> {
  readonly #pending = new Map<K, Set<Promise<BrokerVerdict>>>();

  /** `verdict` must not reject. It is forgotten once it is there. */
  add(key: K, verdict: Promise<BrokerVerdict>): void {
    const pending = this.#pending.get(key) ?? new Set<Promise<BrokerVerdict>>();
    this.#pending.set(key, pending.add(verdict));
    void verdict.then(() => {
      pending.delete(verdict);
      if (pending.size === 0 && this.#pending.get(key) === pending) {
        this.#pending.delete(key);
      }
    });
  }

  /** Resolves when every verdict that is pending now under this key has come. */
  async settled(key: K): Promise<void> {
    await Promise.all([...(this.#pending.get(key) ?? [])]);
  }

  /** Resolves when every verdict that is pending now has come. */
  async allSettled(): Promise<void> {
    await Promise.all([...this.#pending.values()].flatMap((pending) => [...pending]));
  }
}
