/**
 * `kumo.amqp.basic_publish`, kumod's amqprs client (KumoMTA crates/mod-amqp/src/amqprs_client.rs
 * 86-345, lib.rs 17-24): unknown fields are refused, nothing is returned, and success only means that
 * the message was handed over inside the process.
 */
import { encodeUtf8 } from '../vm/platform.ts';
import type { AmqpConnectionTable, PublishRequest } from '../kumod/runtime-contract.ts';
import type { JsonValue } from '../recording/entries.ts';
import { asAmqprsHeaders, type BasicProperties } from './amqp-properties.ts';
import { shownPublish } from './amqp-publish-preview.ts';
import {
  asBoolean,
  asDuration,
  asInteger,
  asString,
  decodeStruct,
  type Decoder,
  type FieldsOf,
} from './deserialize.ts';
import { fromValue } from './from-lua-value.ts';
import { durationMilliseconds, type Duration } from './duration.ts';
import type { Installation } from './installation.ts';
import { readLuaTree } from './lua-tree.ts';

interface ConnectionFields {
  host: string;
  port: number;
  username: string;
  password: string;
  vhost: string;
  connection_name: string;
  heartbeat: number;
  enable_tls: boolean;
  root_ca_cert: string;
  client_cert: string;
  client_private_key: string;
  confirm_select: boolean;
  pool_size: number;
  connect_timeout: Duration;
  recycle_timeout: Duration;
  wait_timeout: Duration;
  publish_timeout: Duration;
}

const CONNECTION_FIELDS: FieldsOf<ConnectionFields> = {
  host: { decode: asString, required: true },
  port: { decode: asInteger('u16') },
  username: { decode: asString },
  password: { decode: asString },
  vhost: { decode: asString },
  connection_name: { decode: asString },
  heartbeat: { decode: asInteger('u16') },
  enable_tls: { decode: asBoolean },
  root_ca_cert: { decode: asString },
  client_cert: { decode: asString },
  client_private_key: { decode: asString },
  confirm_select: { decode: asBoolean },
  pool_size: { decode: asInteger('usize') },
  connect_timeout: { decode: asDuration },
  recycle_timeout: { decode: asDuration },
  wait_timeout: { decode: asDuration },
  publish_timeout: { decode: asDuration },
};

/** amqprs calls the `type` property `message_type`. */
type Properties = Omit<BasicProperties, 'type'> & { message_type: string };
interface PublishFields extends Properties {
  routing_key: string;
  payload: string;
  connection: AmqpConnectionTable;
  exchange: string;
  mandatory: boolean;
  immediate: boolean;
}

const connection: Decoder<AmqpConnectionTable> = (value) => {
  const table = decodeStruct<ConnectionFields>(value, CONNECTION_FIELDS);
  const { connect_timeout, recycle_timeout, wait_timeout, publish_timeout, ...rest } = table;
  return {
    ...rest,
    host: rest.host ?? '',
    port: rest.port ?? 5672,
    username: rest.username ?? 'guest',
    password: rest.password ?? 'guest',
    enable_tls: rest.enable_tls ?? false,
    ...milliseconds('connect_timeout_ms', connect_timeout),
    ...milliseconds('recycle_timeout_ms', recycle_timeout),
    ...milliseconds('wait_timeout_ms', wait_timeout),
    ...milliseconds('publish_timeout_ms', publish_timeout),
  };
};

function milliseconds<N extends string>(
  name: N,
  duration: Duration | undefined,
): { [K in N]?: number } {
  if (duration === undefined) return {};
  return { [name]: durationMilliseconds(duration) } as { [K in N]?: number };
}

const PUBLISH_FIELDS: FieldsOf<PublishFields> = {
  routing_key: { decode: asString, required: true },
  payload: { decode: asString, required: true },
  connection: { decode: connection, required: true },
  app_id: { decode: asString },
  cluster_id: { decode: asString },
  content_encoding: { decode: asString },
  content_type: { decode: asString },
  correlation_id: { decode: asString },
  delivery_mode: { decode: asInteger('u8') },
  expiration: { decode: asString },
  headers: { decode: asAmqprsHeaders },
  message_id: { decode: asString },
  message_type: { decode: asString },
  priority: { decode: asInteger('u8') },
  reply_to: { decode: asString },
  timestamp: { decode: asInteger('u64') },
  user_id: { decode: asString },
  exchange: { decode: asString },
  mandatory: { decode: asBoolean },
  immediate: { decode: asBoolean },
};
const decodeFields: Decoder<PublishFields> = (value) =>
  decodeStruct<PublishFields>(value, PUBLISH_FIELDS) as PublishFields;

/** Adds `basic_publish` to the table at the top of the main stack. */
export function defineBasicPublish(installation: Installation): void {
  installation.define('basic_publish', (L) => {
    const fields = fromValue(readLuaTree(installation.vm, L, 1), decodeFields);
    const location = installation.callSite(L);
    const {
      routing_key,
      payload,
      connection: broker,
      exchange = '',
      mandatory = false,
      immediate = false,
      message_type,
      ...properties
    } = fields as Partial<PublishFields> &
      Pick<PublishFields, 'routing_key' | 'payload' | 'connection'>;
    const request: PublishRequest & { connection: AmqpConnectionTable } = {
      connection: broker,
      api: 'amqp.basic_publish',
      exchange,
      routing_key,
      mandatory,
      immediate,
      properties: {
        ...(properties as { [name: string]: JsonValue }),
        ...(message_type === undefined ? {} : { type: message_type }),
      },
      payload: encodeUtf8(payload),
      ...(location === undefined ? {} : { location }),
    };
    const shown = { connection: shownConnection(broker), ...shownPublish(request) };
    // Waits for a connection of its pool before anything is sent.
    installation.suspends(L, 'kumo.amqp.basic_publish', location);
    installation.call('amqp.basic_publish', request, shown, location);
    return 0;
  });
}

function shownConnection({ password: _secret, ...rest }: AmqpConnectionTable): JsonValue {
  return { ...rest };
}
