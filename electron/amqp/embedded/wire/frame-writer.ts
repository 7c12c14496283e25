import { ByteWriter } from './byte-writer.ts';
import { frameEnd, frameOverhead, frameType } from './frame-parser.ts';
import { writeMethod } from './method-codec.ts';
import type { MethodArguments } from './method-codec.ts';
import type { MethodName } from './method-table.ts';

/** Bodies up to this size go out in one buffer with their method and header: fewer writes. */
const joinedBodyBytes = 16 * 1024;

const basicClass = 60;

/** What a content header and its body frames say. */
export interface Content {
  readonly encodedProperties: Buffer;
  readonly body: Buffer;
}

export const heartbeatFrame = Buffer.from([frameType.heartbeat, 0, 0, 0, 0, 0, 0, frameEnd]);

/** One method frame. Throws `RangeError` when a short string is too long. */
export function methodFrame<Name extends MethodName>(
  channel: number,
  name: Name,
  args: Partial<MethodArguments<Name>>,
): Buffer {
  const writer = new ByteWriter();
  appendMethod(writer, channel, name, args);
  return writer.bytes();
}

/** A method with content: its frame, the header's and those of the body, none above `maxFrameBytes`. */
export function contentFrames<Name extends MethodName>(
  channel: number,
  name: Name,
  args: Partial<MethodArguments<Name>>,
  content: Content,
  maxFrameBytes: number,
): Buffer[] {
  const { encodedProperties, body } = content;
  const maxPiece = maxFrameBytes - frameOverhead;
  const joined = body.length <= Math.min(joinedBodyBytes, maxPiece);
  const writer = new ByteWriter(128 + encodedProperties.length + (joined ? body.length : 0));
  appendMethod(writer, channel, name, args);
  appendFrame(writer, frameType.header, channel, () => {
    writer.short(basicClass);
    writer.short(0);
    writer.counter(body.length);
    writer.raw(encodedProperties);
  });
  if (joined) {
    // A message without a body has no body frame.
    if (body.length > 0) appendFrame(writer, frameType.body, channel, () => writer.raw(body));
    return [writer.bytes()];
  }
  const buffers = [writer.bytes()];
  for (let at = 0; at < body.length; at += maxPiece) {
    const piece = body.subarray(at, at + maxPiece);
    const head = new ByteWriter(frameOverhead);
    head.octet(frameType.body);
    head.short(channel);
    head.long(piece.length);
    buffers.push(head.bytes(), piece, Buffer.from([frameEnd]));
  }
  return buffers;
}

function appendMethod<Name extends MethodName>(
  writer: ByteWriter,
  channel: number,
  name: Name,
  args: Partial<MethodArguments<Name>>,
): void {
  appendFrame(writer, frameType.method, channel, () => writeMethod(writer, name, args));
}

function appendFrame(
  writer: ByteWriter,
  type: number,
  channel: number,
  writePayload: () => void,
): void {
  writer.octet(type);
  writer.short(channel);
  const writeSize = writer.sizePrefix();
  writePayload();
  writeSize();
  writer.octet(frameEnd);
}
