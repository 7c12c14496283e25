/** The properties in a content header frame (AMQP 0-9-1 section 4.2.6.1, class basic). */
import { ByteReader, MalformedBytes } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readTable, writeTable } from './field-table.ts';
import type { FieldTable } from './field-table.ts';

export interface ContentProperties {
  contentType?: string;
  contentEncoding?: string;
  headers?: FieldTable;
  /** 1 transient, 2 persistent. */
  deliveryMode?: number;
  priority?: number;
  correlationId?: string;
  replyTo?: string;
  /** Milliseconds, as text. */
  expiration?: string;
  messageId?: string;
  /** Seconds since 1970. */
  timestamp?: bigint;
  type?: string;
  userId?: string;
  appId?: string;
  clusterId?: string;
}

type TextProperty = Exclude<
  keyof ContentProperties,
  'headers' | 'deliveryMode' | 'priority' | 'timestamp'
>;

/** In flag order: the first has the highest bit. Bit 0 would announce a second flag word. */
const order = [
  'contentType',
  'contentEncoding',
  'headers',
  'deliveryMode',
  'priority',
  'correlationId',
  'replyTo',
  'expiration',
  'messageId',
  'timestamp',
  'type',
  'userId',
  'appId',
  'clusterId',
] as const satisfies readonly (keyof ContentProperties)[];

/** `bytes` starts at the flag word and ends with the frame's payload. Throws `MalformedBytes`. */
export function decodeProperties(bytes: Buffer): ContentProperties {
  const reader = new ByteReader(bytes);
  const properties: ContentProperties = {};
  const flags = reader.short();
  if ((flags & 0b11) !== 0)
    throw new MalformedBytes('the basic class has no more than 14 properties');
  order.forEach((name, index) => {
    if ((flags & (0x8000 >> index)) === 0) return;
    switch (name) {
      case 'headers':
        properties.headers = readTable(reader);
        return;
      case 'deliveryMode':
      case 'priority':
        properties[name] = reader.octet();
        return;
      case 'timestamp':
        properties.timestamp = reader.longlong();
        return;
      default:
        properties[name satisfies TextProperty] = reader.shortString();
    }
  });
  if (reader.remaining > 0) {
    throw new MalformedBytes(`${reader.remaining} bytes behind the last property`);
  }
  return properties;
}

/** Writes the flag word and the properties that are there. */
export function writeProperties(writer: ByteWriter, properties: ContentProperties): void {
  let flags = 0;
  order.forEach((name, index) => {
    if (properties[name] !== undefined) flags |= 0x8000 >> index;
  });
  writer.short(flags);
  for (const name of order) {
    switch (name) {
      case 'headers':
        if (properties.headers !== undefined) writeTable(writer, properties.headers);
        break;
      case 'deliveryMode':
      case 'priority':
        if (properties[name] !== undefined) writer.octet(properties[name]);
        break;
      case 'timestamp':
        if (properties.timestamp !== undefined) writer.longlong(properties.timestamp);
        break;
      default: {
        const text = properties[name satisfies TextProperty];
        if (text !== undefined) writer.shortString(text);
      }
    }
  }
}
