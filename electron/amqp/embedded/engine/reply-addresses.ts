/**
 * Direct reply-to (https://www.rabbitmq.com/docs/direct-reply-to): addresses that look like queues
 * and lead straight to one channel.
 */
import { randomBytes } from 'node:crypto';
import type { Message } from './message.ts';

/** The queue that asks for an address, and what each address begins with. */
export const replyQueue = 'amq.rabbitmq.reply-to';

/** The channels of one virtual host that wait for replies, by address. */
export class ReplyAddresses {
  readonly #receivers = new Map<string, (message: Message) => void>();

  /** Returns the new address. */
  open(receive: (message: Message) => void): string {
    const address = `${replyQueue}.${randomBytes(24).toString('base64url')}`;
    this.#receivers.set(address, receive);
    return address;
  }

  close(address: string): void {
    this.#receivers.delete(address);
  }

  has(address: string): boolean {
    return this.#receivers.has(address);
  }

  /** Only what is published to the default exchange can be a reply. */
  deliver(message: Message): void {
    if (this.#receivers.size === 0) return;
    for (const key of message.routingKeys) this.#receivers.get(key)?.(message);
  }
}
