import { describe, expect, test } from 'vitest';
import { FrameParser } from '../../../../../electron/amqp/embedded/wire/frame-parser.ts';
import type { Frame } from '../../../../../electron/amqp/embedded/wire/frame-parser.ts';
import {
  contentFrames,
  heartbeatFrame,
  methodFrame,
} from '../../../../../electron/amqp/embedded/wire/frame-writer.ts';

function frames(parser: FrameParser): Frame[] {
  const found: Frame[] = [];
  for (let frame = parser.next(); frame !== undefined; frame = parser.next()) found.push(frame);
  return found;
}

const stream = Buffer.concat([
  methodFrame(7, 'queue.declare', { queue: 'q' }),
  heartbeatFrame,
  ...contentFrames(
    7,
    'basic.publish',
    { routingKey: 'q' },
    { encodedProperties: Buffer.from([0, 0]), body: Buffer.alloc(10_000, 65) },
    4096,
  ),
]);

describe('the frame parser', () => {
  test.each([1, 2, 7, 8, 1000, stream.length])('finds the same frames in pieces of %i', (size) => {
    const parser = new FrameParser(4096);
    const found: string[] = [];
    for (let at = 0; at < stream.length; at += size) {
      parser.push(stream.subarray(at, at + size));
      for (const { type, channel, payload } of frames(parser)) {
        found.push(`${type}/${channel}/${payload.length}`);
      }
    }
    expect(found).toEqual([
      '1/7/13',
      '8/0/0',
      '1/7/10',
      '2/7/14',
      '3/7/4088',
      '3/7/4088',
      '3/7/1824',
    ]);
  });

  test('refuses a frame that is too large before its payload arrives', () => {
    const parser = new FrameParser(4096);
    parser.push(Buffer.from([1, 0, 1, 0, 0, 0x10, 1]));
    expect(() => parser.next()).toThrow(
      'FRAME_ERROR - type 1, all octets = <<>>: {frame_too_large,4097,4088}',
    );
  });

  test('refuses a frame that ends with another octet', () => {
    const parser = new FrameParser(4096);
    parser.push(Buffer.from([8, 0, 0, 0, 0, 0, 0, 0xcd]));
    expect(() => parser.next()).toThrow('{invalid_frame_end_marker,205}');
  });
});
