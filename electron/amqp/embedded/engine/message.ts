import type { ContentProperties } from '../wire/content-properties.ts';
import type { FieldValue } from '../wire/field-table.ts';
import { decodeProperties } from '../wire/content-properties.ts';

/** What a message costs beside its bytes: objects, queue slots. Only the memory cap uses it. */
const bookkeepingBytes = 256;

/** What routing and queues ask of a message's properties; read once, when it is published. */
export interface MessageTraits {
  /** From the headers CC and BCC (RabbitMQ's sender-selected distribution): further routing keys. */
  readonly furtherKeys: readonly string[];
  /** How long it may wait in a queue; undefined is without end. */
  readonly expirationMilliseconds: number | undefined;
  readonly priority: number;
  /** What `x-death` says of it as far as the broker itself wrote it; undefined: nothing yet. */
  readonly deaths?: readonly FieldValue[];
}

const plain: MessageTraits = { furtherKeys: [], expirationMilliseconds: undefined, priority: 0 };

/**
 * A published message. The properties stay as they arrived, so that what a consumer gets is byte
 * for byte what the publisher sent.
 */
export class Message {
  readonly exchange: string;
  readonly routingKey: string;
  /** Flag word and values, as in the content header. */
  readonly encodedProperties: Buffer;
  readonly body: Buffer;
  readonly traits: MessageTraits;
  /** In how many queues it is, ready or unacknowledged. Kept by `MessageMemory`. */
  holders = 0;

  constructor(
    exchange: string,
    routingKey: string,
    encodedProperties: Buffer,
    body: Buffer,
    traits: MessageTraits = plain,
  ) {
    this.exchange = exchange;
    this.routingKey = routingKey;
    this.encodedProperties = encodedProperties;
    this.body = body;
    this.traits = traits;
  }

  /** The key it was published with, then those of CC and BCC. */
  get routingKeys(): readonly string[] {
    const { furtherKeys } = this.traits;
    return furtherKeys.length === 0 ? [this.routingKey] : [this.routingKey, ...furtherKeys];
  }

  get memoryBytes(): number {
    return this.encodedProperties.length + this.body.length + bookkeepingBytes;
  }

  /** Decoded anew each time: most messages are never looked into, and keeping it would cost memory. */
  properties(): ContentProperties {
    return decodeProperties(this.encodedProperties);
  }
}
