import type { QueuedMessage } from './engine/ready-messages.ts';
import { plainTable, plainValue } from './wire/plain-values.ts';
import type { PlainTable, PlainValue } from './wire/plain-values.ts';

/** A waiting message, shown without being consumed. */
export interface PeekedMessage {
  readonly exchange: string;
  readonly routingKey: string;
  /** The AMQP properties that are set, by amqplib's names; `headers` as a plain object. */
  readonly properties: PlainTable;
  readonly redelivered: boolean;
  readonly body: Buffer;
}

export function peeked({ message, redelivered }: QueuedMessage): PeekedMessage {
  return {
    exchange: message.exchange,
    routingKey: message.routingKey,
    properties: plainProperties(message.properties()),
    redelivered,
    body: message.body,
  };
}

function plainProperties(properties: object): PlainTable {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [name, plainOf(value)]),
  );
}

function plainOf(value: unknown): PlainValue {
  if (value instanceof Map) return plainTable(value);
  if (typeof value === 'bigint') return plainValue({ type: 'timestamp', value });
  return typeof value === 'number' ? value : String(value);
}
