/**
 * What becomes of a message that a queue gives up (RabbitMQ `rabbit_dead_letter`): its new keys, the
 * header `x-death`, and the cycles that end it.
 */
import type { Dialect } from '../dialects.ts';
import type { FieldTable, FieldValue } from '../wire/field-table.ts';
import { emptyTable } from '../wire/field-table.ts';
import { Message } from './message.ts';
import { encoded, headerKeys } from './published-message.ts';
import { integerOf } from './queue-arguments.ts';

/** As `x-death` names them. */
export type DeathReason = 'rejected' | 'expired' | 'maxlen';

export interface Death {
  readonly reason: DeathReason;
  readonly queue: string;
  /** The dead-letter exchange. */
  readonly exchange: string;
  /** The queue's `x-dead-letter-routing-key`. */
  readonly routingKey: string | undefined;
  readonly now: Date;
}

/** The message as it goes to the dead-letter exchange: without its expiration. */
export function deadLettered(message: Message, death: Death, dialect: Dialect): Message {
  const { expiration, ...properties } = message.properties();
  const headers = new Map(properties.headers ?? emptyTable);
  const event = deathEvent(message, headers, death, expiration);
  const before = deathsBefore(message, headers, dialect);
  if (before === undefined) writeDeath(headers, 'first', message, death);
  if (dialect.writesLastDeath) writeDeath(headers, 'last', message, death);
  const deaths = eventsWith(event, before ?? []);
  headers.set('x-death', { type: 'array', value: deaths });
  // A key of the queue's own replaces all there were.
  if (death.routingKey !== undefined && !dialect.keepsCarbonCopies) headers.delete('CC');
  return new Message(
    death.exchange,
    death.routingKey ?? message.routingKey,
    encoded({ ...properties, headers }),
    message.body,
    {
      furtherKeys: death.routingKey === undefined ? message.traits.furtherKeys : [],
      expirationMilliseconds: undefined,
      priority: message.traits.priority,
      deaths,
    },
  );
}

/** Undefined for a message that dies for the first time. */
function deathsBefore(
  { traits }: Message,
  headers: FieldTable,
  { trustsPublishedDeaths }: Dialect,
): readonly FieldValue[] | undefined {
  if (!trustsPublishedDeaths) return traits.deaths;
  const published = headers.get('x-death');
  // A client may have made something else of the header: it starts anew.
  return published?.type === 'array' ? published.value : published && [];
}

function writeDeath(
  headers: Map<string, FieldValue>,
  which: 'first' | 'last',
  { exchange }: Message,
  { reason, queue }: Death,
): void {
  headers.set(`x-${which}-death-reason`, text(reason));
  headers.set(`x-${which}-death-queue`, text(queue));
  headers.set(`x-${which}-death-exchange`, text(exchange));
}

/**
 * True when the message has been in that queue and came back without anybody rejecting it: going
 * there again would go on for ever. `message` is what `deadLettered` made.
 */
export function isCycle(message: Message, queue: string, reason: DeathReason): boolean {
  if (reason === 'rejected') return false;
  const deaths = message.properties().headers?.get('x-death');
  if (deaths?.type !== 'array') return false;
  const at = deaths.value.findIndex((event) => textIn(event, 'queue') === queue);
  if (at < 0) return false;
  return deaths.value
    .slice(0, at + 1)
    .every((event) => event.type === 'table' && textIn(event, 'reason') !== 'rejected');
}

function deathEvent(
  message: Message,
  headers: FieldTable,
  death: Death,
  expiration: string | undefined,
): FieldTable {
  // A header that routed nothing, because a queue replaced its keys, is none of them.
  const copies = message.traits.furtherKeys.length === 0 ? [] : headerKeys(headers, 'CC');
  const keys = [message.routingKey, ...copies];
  const seconds = BigInt(Math.floor(death.now.getTime() / 1000));
  const event = new Map<string, FieldValue>([
    ['count', { type: 'long', value: 1n }],
    ['reason', text(death.reason)],
    ['queue', text(death.queue)],
    ['time', { type: 'timestamp', value: seconds }],
    ['exchange', text(message.exchange)],
    ['routing-keys', { type: 'array', value: keys.map(text) }],
  ]);
  if (expiration !== undefined) event.set('original-expiration', text(expiration));
  return event;
}

/** The newest first; one event for each queue and reason, which counts how often it happened. */
function eventsWith(event: FieldTable, events: readonly FieldValue[]): FieldValue[] {
  const key = (value: FieldValue) => `${textIn(value, 'reason')} ${textIn(value, 'queue')}`;
  const own: FieldValue = { type: 'table', value: event };
  const same = events.find((other) => key(other) === key(own));
  const others = events.filter((other) => other !== same);
  return same?.type === 'table'
    ? [{ type: 'table', value: countedAgain(same.value) }, ...others]
    : [own, ...events];
}

function countedAgain(event: FieldTable): FieldTable {
  const count = event.get('count');
  // A client that publishes it again may have chosen another width.
  const before = (count && integerOf(count)) ?? 0n;
  return new Map([...event, ['count', { type: 'long', value: before + 1n }]]);
}

function textIn(event: FieldValue, key: string): string | undefined {
  const field = event.type === 'table' ? event.value.get(key) : undefined;
  return field?.type === 'longstr' ? field.value.toString('utf8') : undefined;
}

function text(value: string): FieldValue {
  return { type: 'longstr', value: Buffer.from(value) };
}
