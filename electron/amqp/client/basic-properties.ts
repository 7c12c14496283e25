/**
 * The basic properties of a message between their AMQP names, which scripts and recordings use, and
 * amqplib's publish options. AMQP 0-9-1 specification, section 1.8 (class 60, basic).
 */
import type { MessageProperties, Options } from 'amqplib';

/** AMQP name to amqplib's. amqplib cannot send cluster_id, which AMQP 0-9-1 reserves. */
const AMQPLIB_NAMES = {
  content_type: 'contentType',
  content_encoding: 'contentEncoding',
  headers: 'headers',
  delivery_mode: 'deliveryMode',
  priority: 'priority',
  correlation_id: 'correlationId',
  reply_to: 'replyTo',
  expiration: 'expiration',
  message_id: 'messageId',
  timestamp: 'timestamp',
  type: 'type',
  user_id: 'userId',
  app_id: 'appId',
} as const satisfies { readonly [name: string]: keyof Options.Publish };

/**
 * Options for amqplib's publish, always mandatory. What is null or undefined is left out; other
 * values pass as they are, so that amqplib's encoder refuses what AMQP cannot carry.
 */
export function publishOptions(properties: { readonly [name: string]: unknown }): Options.Publish {
  const options: { [name: string]: unknown } = {};
  for (const [name, amqplibName] of Object.entries(AMQPLIB_NAMES)) {
    const value = properties[name];
    if (value !== undefined && value !== null) {
      options[amqplibName] = value;
    }
  }
  options['mandatory'] = true;
  return options;
}

/**
 * Whether a returned message carries the properties that were sent. `BCC` is left out of the
 * comparison: RabbitMQ takes it out of the message (https://www.rabbitmq.com/docs/sender-selected).
 */
export function sameProperties(sent: Options.Publish, returned: MessageProperties): boolean {
  return Object.values(AMQPLIB_NAMES).every((name) =>
    name === 'headers'
      ? canonical(sent.headers ?? {}) === canonical(returned.headers ?? {})
      : String(sent[name] ?? '') === String(returned[name] ?? ''),
  );
}

function canonical(headers: unknown): string {
  return JSON.stringify(headers, (key, value: unknown) => {
    if (key === 'BCC') {
      return undefined;
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      // amqplib's notation for a value of a given wire type; it arrives as the bare value.
      if ('!' in value && 'value' in value) {
        return value.value;
      }
      return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    return value;
  });
}
