import { AmqpError } from '../wire/amqp-error.ts';
import type { ChannelHost } from './channel-host.ts';
import type { Consuming, Settlement } from './consuming.ts';
import type { Publication, Publishing } from './publishing.ts';
import type { Delivery } from './unacknowledged.ts';

interface Settled {
  readonly deliveries: readonly Delivery[];
  readonly how: Settlement;
}

/** The tx mode of one channel (AMQP 0-9-1 class tx), answered as RabbitMQ answers it. */
export class TransactionMode {
  readonly #host: ChannelHost;
  readonly #channel: number;
  readonly #publishing: Publishing;
  readonly #consuming: Consuming;
  #selected = false;
  /** Since the last commit. */
  #publications: Publication[] = [];
  #settlements: Settled[] = [];

  constructor(host: ChannelHost, channel: number, publishing: Publishing, consuming: Consuming) {
    this.#host = host;
    this.#channel = channel;
    this.#publishing = publishing;
    this.#consuming = consuming;
  }

  /** Throws 406 on a channel with confirms. */
  select(): void {
    if (this.#publishing.confirming) {
      throw new AmqpError(406, 'cannot switch from confirm to tx mode');
    }
    this.#selected = true;
    this.#host.send(this.#channel, 'tx.select-ok');
  }

  /** Throws 406: a channel has transactions or confirms. */
  assertNotSelected(): void {
    if (this.#selected) throw new AmqpError(406, 'cannot switch from tx to confirm mode');
  }

  /** True when the publish waits for the commit. */
  holdsPublication(publication: Publication): boolean {
    if (this.#selected) this.#publications.push(publication);
    return this.#selected;
  }

  /** True when the settling waits for the commit. */
  holdsSettlement(deliveries: readonly Delivery[], how: Settlement): boolean {
    if (this.#selected) this.#settlements.push({ deliveries, how });
    return this.#selected;
  }

  /** Throws 406 on a channel without transactions, and when a queue refused one of the messages. */
  commit(): void {
    this.#assertSelected();
    const [publications, settlements] = [this.#publications, this.#settlements];
    this.#publications = [];
    this.#settlements = [];
    const taken = publications.map((publication) => this.#publishing.carryOut(publication));
    for (const { deliveries, how } of settlements) this.#consuming.finish(deliveries, how);
    if (taken.includes(false)) throw new AmqpError(406, 'partial tx completion');
    // A publish that is never confirmed is a commit that is never answered.
    if (publications.some(({ meets }) => meets.fault?.kind === 'silent')) return;
    const delays = publications.map(({ meets }) => meets.delayMilliseconds);
    this.#publishing.later(Math.max(0, ...delays), () => {
      this.#host.send(this.#channel, 'tx.commit-ok');
    });
  }

  /** Throws 406 on a channel without transactions. */
  rollback(): void {
    this.#assertSelected();
    this.#consuming.restore(this.end());
    this.#host.send(this.#channel, 'tx.rollback-ok');
  }

  /** Forgets what is not committed, and returns what was settled in it. */
  end(): Delivery[] {
    const settled = this.#settlements.flatMap(({ deliveries }) => deliveries);
    this.#publications = [];
    this.#settlements = [];
    return settled;
  }

  #assertSelected(): void {
    if (!this.#selected) throw new AmqpError(406, 'channel is not transactional');
  }
}
