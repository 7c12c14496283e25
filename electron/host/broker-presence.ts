/**
 * Whether the broker that deliveries reach is there: it went away, and it is back. Learnt from the
 * deliveries' own connections; while it is gone it is asked, because nothing else would tell.
 */
import { formatHostAndPort } from '../amqp/client/amqp-uri.ts';
import type { BrokerAddress, BrokerVerdict, VerdictCause } from '../amqp/client-contract.ts';
import type { BrokerPresenceState } from '../bridge/brokers.ts';

const FIRST_LOOK_MS = 500;
const LONGEST_BETWEEN_LOOKS_MS = 10_000;

/** Ends that say that nobody is there; others are an answer of the broker's. */
const GONE: ReadonlySet<VerdictCause> = new Set<VerdictCause>([
  'connection-refused',
  'host-not-found',
  'connect-timeout',
  'connection-lost',
  'heartbeat-timeout',
  'closed-by-operator',
]);

export interface BrokerPresenceOptions {
  readonly onChanged: () => void;
  /** Logs in and out again, without publishing anything. Never rejects. */
  readonly isThere: (address: BrokerAddress) => Promise<boolean>;
}

export class BrokerPresence {
  readonly #options: BrokerPresenceOptions;
  #gone: { readonly address: BrokerAddress; readonly since: number } | undefined;
  #state: BrokerPresenceState | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BrokerPresenceOptions) {
    this.#options = options;
  }

  /** Undefined as long as nothing was amiss. */
  state(): BrokerPresenceState | undefined {
    return this.#state;
  }

  opened(address: BrokerAddress): void {
    if (this.#gone && isSame(this.#gone.address, address)) this.#back(this.#gone.since);
  }

  lost(address: BrokerAddress, why: BrokerVerdict): void {
    if (!GONE.has(why.cause)) return;
    // Every connection of a load run tells of the same end: the first says it all.
    if (this.#gone && isSame(this.#gone.address, address)) return;
    this.forget();
    const since = Date.now();
    this.#gone = { address, since };
    const sentence = `${why.explanation} What was under way is unconfirmed, and nothing is sent again.`;
    this.#change({ state: 'gone', at: since, sentence });
    this.#lookAgain(address, FIRST_LOOK_MS);
  }

  /** Another broker, or another delivery: what was is no longer news. A broker that is gone stays so. */
  nextDelivery(): void {
    if (this.#state?.state === 'back') this.#change(undefined);
  }

  /** Deliveries go elsewhere now. */
  forget(): void {
    this.close();
    this.#gone = undefined;
    if (this.#state) this.#change(undefined);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #lookAgain(address: BrokerAddress, waitMs: number): void {
    this.#timer = setTimeout(() => void this.#look(address, waitMs), waitMs);
    this.#timer.unref();
  }

  async #look(address: BrokerAddress, waitedMs: number): Promise<void> {
    const gone = this.#gone;
    const isThere = await this.#options.isThere(address);
    // It came back by itself meanwhile, or nobody asks any more.
    if (gone === undefined || this.#gone !== gone || this.#timer === undefined) return;
    if (isThere) this.#back(gone.since);
    else this.#lookAgain(address, Math.min(waitedMs * 1.5, LONGEST_BETWEEN_LOOKS_MS));
  }

  #back(since: number): void {
    const { address } = this.#gone ?? {};
    this.close();
    this.#gone = undefined;
    const at = Date.now();
    const seconds = Math.max((at - since) / 1000, 0.1).toFixed(1);
    const name = address ? formatHostAndPort(address) : 'The broker';
    this.#change({
      state: 'back',
      at,
      sentence: `${name} is back after ${seconds} s. What was under way when it went stays unconfirmed: look in its queues before you send that again.`,
    });
  }

  #change(state: BrokerPresenceState | undefined): void {
    this.#state = state;
    this.#options.onChanged();
  }
}

function isSame(one: BrokerAddress, other: BrokerAddress): boolean {
  return one.host === other.host && one.port === other.port && one.vhost === other.vhost;
}
