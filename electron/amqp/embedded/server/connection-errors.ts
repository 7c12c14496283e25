/** What ends a connection: frames that cannot be, and what decoders and our own mistakes throw. */
import { AmqpError } from '../wire/amqp-error.ts';
import { MalformedBytes } from '../wire/byte-reader.ts';
import { describedPayload } from '../wire/described-payload.ts';
import { frameType } from '../wire/frame-parser.ts';
import type { Frame } from '../wire/frame-parser.ts';
import { MalformedMethod, UnknownMethod } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';

/** Class and method of a method; class, weight and body size of a content header. */
const leastPayload: { readonly [type: number]: number } = {
  [frameType.method]: 4,
  [frameType.header]: 12,
  [frameType.body]: 0,
};

/** Throws 501 for a frame of no known type, or one whose payload its type cannot have. */
export function assertKnownFrame({ type, payload }: Frame): void {
  const known =
    type === frameType.heartbeat
      ? payload.length === 0
      : payload.length >= (leastPayload[type] ?? Infinity);
  if (!known) {
    throw new AmqpError(501, `type ${type}, ${describedPayload(payload)}: unknown_frame`);
  }
}

/** The 505 for a frame that may be, but not here: heartbeats belong to channel 0, content does not. */
export function misplacedFrame({ type, payload }: Frame): AmqpError {
  return new AmqpError(505, `type ${type}, ${describedPayload(payload)}`);
}

/** The 505 for content that no method has announced. */
export function unexpectedContent(): AmqpError {
  return new AmqpError(505, 'expected method frame, got non method frame instead');
}

/** The error to close a connection with, and the method that caused it where there is one. */
export function connectionError(thrown: unknown): {
  readonly error: AmqpError;
  readonly cause?: MethodName;
} {
  if (thrown instanceof AmqpError) return { error: thrown };
  if (thrown instanceof MalformedMethod) {
    return { error: new AmqpError(501, thrown.message), cause: thrown.method };
  }
  if (thrown instanceof UnknownMethod || thrown instanceof MalformedBytes) {
    return { error: new AmqpError(501, thrown.message) };
  }
  // A mistake of ours: this connection ends for it, the broker does not.
  return { error: new AmqpError(541, thrown instanceof Error ? thrown.message : String(thrown)) };
}
