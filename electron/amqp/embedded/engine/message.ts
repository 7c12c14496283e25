import type { ContentProperties } from '../wire/content-properties.ts';
import { decodeProperties } from '../wire/content-properties.ts';

/** What a message costs beside its bytes: objects, queue slots. Only the memory cap uses it. */
const bookkeepingBytes = 256;

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
  /** In how many queues it is, ready or unacknowledged. Kept by `MessageMemory`. */
  holders = 0;

  constructor(exchange: string, routingKey: string, encodedProperties: Buffer, body: Buffer) {
    this.exchange = exchange;
    this.routingKey = routingKey;
    this.encodedProperties = encodedProperties;
    this.body = body;
  }

  get memoryBytes(): number {
    return this.encodedProperties.length + this.body.length + bookkeepingBytes;
  }

  /** Decoded anew each time: most messages are never looked into, and keeping it would cost memory. */
  properties(): ContentProperties {
    return decodeProperties(this.encodedProperties);
  }
}
