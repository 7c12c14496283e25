import type { Frame } from '../wire/frame-parser.ts';
import type { BrokerServices } from './broker-services.ts';
import { HeldFrames } from './held-frames.ts';

/** What the gate does to its connection. */
export interface GateEffects {
  /** Sends connection.blocked, where the client understands it. True when it was sent. */
  tellBlocked(reason: string): boolean;
  tellUnblocked(): void;
  /** Too much is held: reads no more, or again. */
  pauseReading(paused: boolean): void;
}

/**
 * Holds the publishers of one connection while the broker is blocked. As in RabbitMQ a connection
 * is told, and stopped, with its first publish; other than there, its channels that do not publish
 * go on, and it can be closed.
 */
export class PublisherGate {
  readonly #services: BrokerServices;
  readonly #effects: GateEffects;
  readonly #held = new HeldFrames();
  #hasPublished = false;
  #told = false;

  constructor(services: BrokerServices, effects: GateEffects) {
    this.#services = services;
    this.#effects = effects;
  }

  /** True when the frame must wait; it comes back from `changed`. */
  holds(frame: Frame, isPublish: boolean): boolean {
    if (isPublish) this.#hasPublished = true;
    const reason = this.#services.blockedReason;
    const mustWait = this.#held.holds(frame.channel) || (reason !== undefined && isPublish);
    if (!mustWait) return false;
    if (reason !== undefined) this.#tell(reason);
    this.#held.hold(frame);
    if (this.#held.isFull) this.#effects.pauseReading(true);
    return true;
  }

  /** The broker is blocked or is no more: returns the frames that may go on, in order. */
  changed(): Frame[] {
    const reason = this.#services.blockedReason;
    if (reason !== undefined) {
      if (this.#hasPublished) this.#tell(reason);
      return [];
    }
    if (this.#told) this.#effects.tellUnblocked();
    this.#told = false;
    this.#effects.pauseReading(false);
    return this.#held.release();
  }

  /** The connection ends: what is held is dropped. */
  close(): void {
    this.#held.release();
  }

  #tell(reason: string): void {
    if (!this.#told) this.#told = this.#effects.tellBlocked(reason);
  }
}
