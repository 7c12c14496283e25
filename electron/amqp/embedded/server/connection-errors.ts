/** What ends a connection: frames that cannot be, and what decoders and our own mistakes throw. */
import { AmqpError } from '../wire/amqp-error.ts';
import { MalformedBytes } from '../wire/byte-reader.ts';
import { describedPayload } from '../wire/described-payload.ts';
import type { Frame } from '../wire/frame-parser.ts';
import { MalformedMethod, UnknownMethod } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';

/** The 501 for a frame of no known type, or one whose payload its type cannot have. */
export function unknownFrame(frame: Frame): AmqpError {
  return new AmqpError(
    501,
    `type ${frame.type}, ${describedPayload(frame.payload)}: unknown_frame`,
  );
}

/** Heartbeats have no payload and belong to channel 0 (AMQP 0-9-1 section 4.2.7). */
export function assertHeartbeat(frame: Frame): void {
  if (frame.payload.length > 0) throw unknownFrame(frame);
  if (frame.channel !== 0) {
    throw new AmqpError(505, `type ${frame.type}, ${describedPayload(frame.payload)}`);
  }
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
