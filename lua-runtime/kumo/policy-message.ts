/**
 * The message a policy works on, as plain data: envelope, metadata, bytes, attempts. The Lua object
 * over it is in message-object.ts; kumod/ makes one for each delivery and reads it back afterwards.
 */
import { fromPlainJson, toPlainJson, type JsonTree } from './json-tree.ts';
import type { JsonValue } from '../recording/entries.ts';
import { messageQueueName } from '../kumod/queue-name.ts';
import type { MessageInput } from '../kumod/runtime-contract.ts';
import type { DescribedObject, ObjectDescription } from '../vm/described-object.ts';
import {
  addressDomain,
  formatAddress,
  parseEnvelopeAddress,
  type EnvelopeAddress,
} from './envelope-address.ts';

/**
 * Shared by reference: two handlers that get the same `PolicyMessage` see each other's changes
 * (KumoMTA crates/message/src/message.rs 100-180).
 */
export class PolicyMessage implements DescribedObject {
  readonly id: string;
  sender: EnvelopeAddress;
  recipients: EnvelopeAddress[];
  /** Own keys only; a key set to null is absent. */
  readonly meta: Map<string, JsonValue>;
  /** The trees behind `meta`, valid while `meta` holds the same value. */
  private readonly stored = new Map<string, { plain: JsonValue; tree: JsonTree }>();
  data: Uint8Array;
  numAttempts: number;
  /** Milliseconds since the epoch, from the id in kumod. */
  readonly created: number;
  /** Milliseconds since the epoch, from `set_due`; undefined when due now. */
  due: number | undefined;
  forceSync: boolean;

  /** @throws Error with kumod's parse error text when an address is not one. */
  constructor(input: Omit<MessageInput, 'message' | 'queue'>) {
    this.id = input.id;
    this.sender = parseEnvelopeAddress(input.sender);
    this.recipients = input.recipients.map(parseEnvelopeAddress);
    this.meta = new Map(Object.entries(input.meta).filter(([, value]) => value !== null));
    this.data = input.data;
    this.numAttempts = input.num_attempts;
    this.created = input.created;
    this.due = undefined;
    this.forceSync = false;
  }

  /** What a script stored, with integers and floats apart; null when absent. */
  getMeta(name: string): JsonTree {
    const value = this.meta.get(name);
    if (value === undefined) return null;
    const stored = this.stored.get(name);
    return stored?.plain === value ? stored.tree : fromPlainJson(value);
  }

  /**
   * The scheduled queue that envelope and metadata say.
   * @throws Error when a metadata value that counts is no string, or there is no recipient.
   */
  queueName(): string {
    const [first] = this.recipients;
    return messageQueueName(
      (key) => this.meta.get(key),
      first === undefined ? undefined : addressDomain(first),
    );
  }

  describe(): ObjectDescription {
    return {
      text: this.id,
      fields: [
        ['id', this.id],
        ['queue', this.queueNameIfAny()],
        ['sender', formatAddress(this.sender)],
        ['recipients', this.recipients.map(formatAddress)],
        ['meta', Object.fromEntries(this.meta)],
        ['data', this.data],
        ['num_attempts', this.numAttempts],
      ],
    };
  }

  private queueNameIfAny(): string | null {
    try {
      return this.queueName();
    } catch {
      return null;
    }
  }

  /** Storing null unsets (KumoMTA crates/message/src/message.rs 885-930). */
  setMeta(name: string, tree: JsonTree): void {
    const plain = toPlainJson(tree);
    if (plain === null) this.meta.delete(name);
    else this.meta.set(name, plain);
    this.stored.set(name, { plain, tree });
  }
}
