/** What RabbitMQ's management API tells of one virtual host. */
import * as z from 'zod';
import type { PlainTable, PlainValue } from '../embedded/wire/plain-values.ts';
import type { BrokerTopology } from '../topology/broker-topology.ts';
import { ManagementError, managementRequest } from './management-request.ts';
import type { ManagementAddress } from './management-request.ts';

const plain: z.ZodType<PlainValue> = z.json();
/** RabbitMQ writes an empty table as an empty array at some places. */
const table: z.ZodType<PlainTable> = z.preprocess(
  (value) => (Array.isArray(value) ? {} : value),
  z.record(z.string(), plain),
);

const exchangeSchema = z.object({
  name: z.string(),
  type: z.string(),
  durable: z.boolean(),
  internal: z.boolean(),
  arguments: table,
});
/** The counts are missing until the node has gathered them. */
const queueSchema = z
  .object({
    name: z.string(),
    durable: z.boolean(),
    messages_ready: z.number().default(0),
    messages_unacknowledged: z.number().default(0),
    consumers: z.number().default(0),
    arguments: table,
  })
  .transform(({ messages_ready: messages, messages_unacknowledged: unacknowledged, ...queue }) => ({
    ...queue,
    messages,
    unacknowledged,
  }));
const bindingSchema = z
  .object({
    source: z.string(),
    destination: z.string(),
    destination_type: z.enum(['queue', 'exchange']),
    routing_key: z.string(),
    arguments: table,
  })
  .transform(({ destination_type: destinationType, routing_key: routingKey, ...binding }) => ({
    ...binding,
    destinationType,
    routingKey,
  }));
const messageSchema = z.object({
  exchange: z.string(),
  routing_key: z.string(),
  payload: z.string(),
  payload_bytes: z.number(),
  payload_encoding: z.enum(['string', 'base64']),
  redelivered: z.boolean(),
  properties: table,
});

export interface FetchedMessage {
  readonly exchange: string;
  readonly routingKey: string;
  /** Of the whole body; `body` may be cut. */
  readonly size: number;
  readonly redelivered: boolean;
  readonly properties: PlainTable;
  readonly body: Buffer;
}

/** Rejects with `ManagementError`. */
export async function managementTopology(address: ManagementAddress): Promise<BrokerTopology> {
  const vhost = encodeURIComponent(address.broker.vhost);
  const [exchanges, queues, bindings] = await Promise.all([
    listed(address, `exchanges/${vhost}`, exchangeSchema),
    listed(address, `queues/${vhost}`, queueSchema),
    listed(address, `bindings/${vhost}`, bindingSchema),
  ]);
  return { exchanges, queues, bindings: bindings.filter(({ source }) => source !== '') };
}

/**
 * Takes the next messages out of a queue and puts them back, which is the only look that RabbitMQ
 * offers: it marks them as redelivered. Rejects with `ManagementError`.
 */
export async function fetchAndRequeue(
  address: ManagementAddress,
  queue: string,
  limit: number,
  bytes: number,
): Promise<FetchedMessage[]> {
  const path = `queues/${encodeURIComponent(address.broker.vhost)}/${encodeURIComponent(queue)}/get`;
  const body = { count: limit, ackmode: 'ack_requeue_true', encoding: 'auto', truncate: bytes };
  const messages = await listed(address, path, messageSchema, body);
  return messages.map((message) => ({
    exchange: message.exchange,
    routingKey: message.routing_key,
    size: message.payload_bytes,
    redelivered: message.redelivered,
    properties: message.properties,
    body: Buffer.from(message.payload, message.payload_encoding === 'base64' ? 'base64' : 'utf8'),
  }));
}

async function listed<Schema extends z.ZodType>(
  address: ManagementAddress,
  path: string,
  schema: Schema,
  body?: object,
): Promise<z.output<Schema>[]> {
  const answer = z.array(schema).safeParse(await managementRequest(address, path, body));
  if (answer.success) return answer.data;
  throw new ManagementError(
    `The management API at ${address.url} answered in another shape than RabbitMQ's; correct the management URL.`,
  );
}
