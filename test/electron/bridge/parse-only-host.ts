import type { CallingPage } from '../../../electron/bridge/contract.ts';
import type { Dispatch } from '../../../electron/bridge/dispatch.ts';
import type { EventMessage } from '../../../electron/bridge/messages.ts';
import type { BridgeHost } from '../../../electron/bridge/server.ts';

/**
 * A host that answers one call of the contract, refuses the rest, and says events when told to: what
 * a link carries matters here, not what a host can do.
 */
export class ParseOnlyHost implements BridgeHost {
  readonly calls: string[] = [];
  /** The page of each call. */
  readonly pages: CallingPage[] = [];
  readonly #listeners = new Set<(message: EventMessage) => void>();
  /** When set, answers wait for it. */
  gate: Promise<void> = Promise.resolve();
  /** What `queueName.parse` answers as the domain; the input's queue when unset. */
  domain: string | undefined;

  readonly dispatch: Dispatch = async (name, input, page) => {
    this.calls.push(name);
    if (page) this.pages.push(page);
    await this.gate;
    if (name !== 'queueName.parse') {
      return { ok: false, failure: { code: 'not-found', message: `No ${name} here.` } };
    }
    const { queue } = input as { queue: string };
    return { ok: true, output: { domain: this.domain ?? queue } };
  };

  onEvent(listener: (message: EventMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(message: EventMessage): void {
    for (const listener of this.#listeners) listener(message);
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }
}
