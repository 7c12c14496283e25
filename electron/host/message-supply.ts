/** The messages of a run, shared by its sessions: made when asked for, so that a million fit. */
import type { MessageInput } from '../../lua-runtime/kumod/runtime-contract.ts';
import type { MessageFactory } from './message-form.ts';

/** Handed to a worker in one go at most: enough to hide the hand-over, few enough to share. */
const CHUNK_MESSAGES = 64;
const CHUNK_BYTES = 4 * 1024 * 1024;

export class MessageSupply {
  readonly #make: MessageFactory;
  #count: number;
  readonly #sessions: number;
  #returned: MessageInput[] = [];
  #made = 0;
  #ended = false;

  constructor(make: MessageFactory, count: number, sessions: number) {
    this.#make = make;
    this.#count = count;
    this.#sessions = sessions;
  }

  get remaining(): number {
    return this.#count - this.#made + this.#returned.length;
  }

  /** Hands out no more: the time is up. */
  end(): void {
    this.#ended = true;
    this.#count = this.#made;
    this.#returned = [];
  }

  /** The next messages for one session, `most` at most; empty when there are none left. */
  takeChunk(most = CHUNK_MESSAGES): MessageInput[] {
    const fairShare = Math.ceil(this.remaining / (this.#sessions * 2));
    const limit = Math.min(most, fairShare);
    const chunk: MessageInput[] = [];
    let bytes = 0;
    while (chunk.length < limit && bytes < CHUNK_BYTES) {
      const message = this.#returned.shift() ?? this.#makeNext();
      if (!message) break;
      chunk.push(message);
      bytes += message.data.length;
    }
    return chunk;
  }

  /** Takes back what a session did not get to, in order; it is handed out first. */
  giveBack(messages: readonly MessageInput[]): void {
    if (this.#ended) return;
    this.#returned = [...messages, ...this.#returned].sort((a, b) => a.message - b.message);
  }

  #makeNext(): MessageInput | undefined {
    if (this.#made >= this.#count) return undefined;
    this.#made++;
    return this.#make(this.#made);
  }
}
