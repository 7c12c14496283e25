/** From a publish to a message: the checks on properties, and what is read out of them. */
import type { Dialect } from '../dialects.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import { ByteWriter } from '../wire/byte-writer.ts';
import { decodeProperties, writeProperties } from '../wire/content-properties.ts';
import type { ContentProperties } from '../wire/content-properties.ts';
import type { FieldTable } from '../wire/field-table.ts';
import { durationProblem } from './durations.ts';
import { Message } from './message.ts';
import type { MessageTraits } from './message.ts';
import { replyQueue } from './reply-addresses.ts';

export interface Publisher {
  readonly user: string;
  /** Has RabbitMQ's tag `impersonator`: may publish in another user's name. */
  readonly mayImpersonate: boolean;
  /** Where direct replies to its channel go; undefined while it does not consume any. */
  readonly replyAddress: string | undefined;
}

/**
 * Throws `MalformedBytes` for properties that cannot be read, and the 406 of RabbitMQ
 * (`rabbit_channel:check_user_id_header/2`, `check_expiration_header/1`, `rabbit_basic:message/3`)
 * for those it refuses.
 */
export function publishedMessage(
  publish: { readonly exchange: string; readonly routingKey: string },
  encodedProperties: Buffer,
  body: Buffer,
  publisher: Publisher,
  dialect: Dialect,
): Message {
  let properties = decodeProperties(encodedProperties);
  let kept = encodedProperties;
  if (properties.replyTo === replyQueue) {
    if (publisher.replyAddress === undefined) {
      throw new AmqpError(406, 'fast reply consumer does not exist');
    }
    properties = { ...properties, replyTo: publisher.replyAddress };
    kept = encoded(properties);
  }
  const { userId, headers } = properties;
  if (userId !== undefined && userId !== publisher.user && !publisher.mayImpersonate) {
    throw new AmqpError(
      406,
      `user_id property set to '${userId}' but authenticated user was '${publisher.user}'`,
    );
  }
  const traits = readTraits(properties, dialect);
  // What BCC says is for the broker alone.
  if (headers?.has('BCC') === true) kept = withoutHeader(properties, 'BCC');
  return new Message(publish.exchange, publish.routingKey, kept, body, traits);
}

/** Throws 406 as `publishedMessage` does. */
function readTraits(
  properties: ContentProperties,
  { refusesUnknownDeliveryModes }: Dialect,
): MessageTraits {
  const expirationMilliseconds = readExpiration(properties.expiration);
  const { deliveryMode, headers, priority = 0 } = properties;
  const furtherKeys =
    headers === undefined ? [] : [...headerKeys(headers, 'CC'), ...headerKeys(headers, 'BCC')];
  const isKnownMode = deliveryMode === undefined || deliveryMode === 1 || deliveryMode === 2;
  if (refusesUnknownDeliveryModes && !isKnownMode) {
    throw new AmqpError(406, `invalid message: {delivery_mode_unknown,${deliveryMode}}`);
  }
  return { furtherKeys, expirationMilliseconds, priority };
}

function readExpiration(expiration: string | undefined): number | undefined {
  if (expiration === undefined) return undefined;
  const digits = /^[+-]?\d+/.exec(expiration)?.[0];
  const rest = expiration.slice(digits?.length ?? 0);
  const problem =
    digits === undefined
      ? 'no_integer'
      : rest !== ''
        ? `{leftover_string,${JSON.stringify(rest)}}`
        : durationProblem(BigInt(digits.replace('+', '')));
  if (problem !== undefined) {
    throw new AmqpError(406, `invalid expiration '${expiration}': ${problem}`);
  }
  return Number(expiration);
}

/** The routing keys in the header CC or BCC: an array of strings. Throws 406 for anything else. */
export function headerKeys(headers: FieldTable, name: 'CC' | 'BCC'): string[] {
  const field = headers.get(name);
  if (field === undefined) return [];
  if (field.type !== 'array') {
    throw new AmqpError(
      406,
      `invalid message: {unacceptable_type_in_header,"${name}",${field.type}}`,
    );
  }
  return field.value.flatMap((key) => (key.type === 'longstr' ? [key.value.toString('utf8')] : []));
}

function withoutHeader(properties: ContentProperties, name: string): Buffer {
  const headers = new Map(properties.headers);
  headers.delete(name);
  return encoded({ ...properties, headers });
}

/** As in a content header. */
export function encoded(properties: ContentProperties): Buffer {
  const writer = new ByteWriter(128);
  writeProperties(writer, properties);
  return writer.bytes();
}
