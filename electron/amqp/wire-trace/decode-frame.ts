/** What a frame says, in words: methods by the method table, content headers, bodies. */
import { decodeProperties } from '../embedded/wire/content-properties.ts';
import { frameType } from '../embedded/wire/frame-parser.ts';
import type { Frame } from '../embedded/wire/frame-parser.ts';
import { decodeMethod } from '../embedded/wire/method-codec.ts';
import type { Method } from '../embedded/wire/method-codec.ts';
import { plainTable } from '../embedded/wire/plain-values.ts';
import type { FieldTable } from '../embedded/wire/field-table.ts';
import type { WireFrame } from './wire-frame.ts';

/** Shown of one value, in characters. */
const VALUE_CHARACTERS = 1_000;
/** Shown of a body, in bytes. */
const BODY_BYTES = 200;
/** Class, weight and body size before the properties (AMQP 0-9-1 section 4.2.6.1). */
const CONTENT_HEADER_BYTES = 12;

export interface DecodedFrame extends Pick<WireFrame, 'kind' | 'name' | 'fields'> {
  /** Absent when it is none, or cannot be read. */
  readonly method?: Method;
}

/** Never throws: what cannot be read is `malformed`, with the reason. */
export function decodeFrame(frame: Frame): DecodedFrame {
  try {
    return decoded(frame);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'malformed', name: 'malformed frame', fields: [['reason', reason]] };
  }
}

function decoded({ type, payload }: Frame): DecodedFrame {
  switch (type) {
    case frameType.method: {
      const method = decodeMethod(payload);
      return { kind: 'method', name: method.name, fields: methodFields(method), method };
    }
    case frameType.header:
      return { kind: 'header', name: 'content header', fields: headerFields(payload) };
    case frameType.body:
      return { kind: 'body', name: 'content body', fields: [['bytes', bodyPreview(payload)]] };
    case frameType.heartbeat:
      return { kind: 'heartbeat', name: 'heartbeat', fields: [] };
    default:
      return {
        kind: 'malformed',
        name: 'malformed frame',
        fields: [['reason', `no frame has type ${type}`]],
      };
  }
}

type Field = WireFrame['fields'][number];

function methodFields(method: Method): Field[] {
  const fields: Field[] = [];
  for (const [name, value] of Object.entries(method.args as Record<string, unknown>)) {
    // A bit that is not set says nothing, as do the arguments that the specification reserves.
    if (value === false || name.startsWith('reserved')) continue;
    fields.push([specName(name), secretOf(method, name) ?? shown(value)]);
  }
  return fields;
}

/** What stands in for an argument that holds a secret; undefined when it holds none. */
function secretOf(method: Method, argument: string): string | undefined {
  if (method.name === 'connection.start-ok' && argument === 'response') {
    const { mechanism, response } = method.args;
    // RFC 4616: authorization identity, user and password, each behind a NUL.
    const user = mechanism === 'PLAIN' ? response.toString('utf8').split('\0')[1] : undefined;
    return user === undefined ? '(hidden)' : `user ${JSON.stringify(user)}, password (hidden)`;
  }
  if (method.name === 'connection.secure-ok' && argument === 'response') return '(hidden)';
  if (method.name === 'connection.update-secret' && argument === 'newSecret') return '(hidden)';
  return undefined;
}

function headerFields(payload: Buffer): Field[] {
  const bodySize = payload.readBigUInt64BE(4);
  const properties = decodeProperties(payload.subarray(CONTENT_HEADER_BYTES));
  const fields: Field[] = [['body-size', String(bodySize)]];
  for (const [name, value] of Object.entries(properties as Record<string, unknown>)) {
    if (value !== undefined) fields.push([specName(name), shown(value)]);
  }
  return fields;
}

/** `routingKey` → `routing-key`, as the specification writes it. */
function specName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return shortened(JSON.stringify(value));
  if (Buffer.isBuffer(value)) return shortened(JSON.stringify(value.toString('utf8')));
  if (value instanceof Map) return shortened(JSON.stringify(plainTable(value as FieldTable)));
  return String(value);
}

function shortened(text: string): string {
  const rest = text.length - VALUE_CHARACTERS;
  return rest <= 0 ? text : `${text.slice(0, VALUE_CHARACTERS)}… (${rest} more characters)`;
}

/** Text as text, other bytes as hexadecimal. */
function bodyPreview(payload: Buffer): string {
  const part = payload.subarray(0, BODY_BYTES);
  const rest = payload.length - part.length;
  const text = part.toString('utf8');
  // A character that is cut off at the end of the part makes it no binary.
  const isText = !/[\uFFFD\0-\x08\x0e-\x1f]/.test(rest > 0 ? text.replace(/\uFFFD$/, '') : text);
  const shownPart = isText
    ? JSON.stringify(text)
    : (part.toString('hex').match(/../g) ?? []).join(' ');
  return rest === 0 ? shownPart : `${shownPart}… (${rest} more bytes)`;
}
