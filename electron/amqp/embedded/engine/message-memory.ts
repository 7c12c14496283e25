import type { Message } from './message.ts';

/** Below this share of the cap publishers go on: a margin, so that they do not stop and go per message. */
const resumeShare = 0.9;

/** Counts the bytes of all queued messages against a cap; a message in several queues counts once. */
export class MessageMemory {
  readonly #capBytes: number;
  readonly #onAlarm: (raised: boolean) => void;
  #usedBytes = 0;
  #alarm = false;

  /** `onAlarm` hears when the cap is passed and when enough is free again. */
  constructor(capBytes: number, onAlarm: (raised: boolean) => void) {
    this.#capBytes = capBytes;
    this.#onAlarm = onAlarm;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  hold(message: Message): void {
    message.holders += 1;
    if (message.holders > 1) return;
    this.#usedBytes += message.memoryBytes;
    if (!this.#alarm && this.#usedBytes > this.#capBytes) this.#change(true);
  }

  release(message: Message): void {
    message.holders -= 1;
    if (message.holders > 0) return;
    this.#usedBytes -= message.memoryBytes;
    if (this.#alarm && this.#usedBytes <= this.#capBytes * resumeShare) this.#change(false);
  }

  #change(raised: boolean): void {
    this.#alarm = raised;
    this.#onAlarm(raised);
  }
}
