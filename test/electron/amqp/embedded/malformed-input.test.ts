import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { methodFrame } from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { RawClient, openRawClient } from './raw-client.ts';
import { connectClient, startBroker } from './running-broker.ts';

function frame(type: number, channel: number, payload: Buffer, end = 0xce): Buffer {
  const head = Buffer.alloc(7);
  head.writeUInt8(type);
  head.writeUInt16BE(channel, 1);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([end])]);
}

function header(bodySize: number, classId = 60, weight = 0, properties = [0, 0]): Buffer {
  const fixed = Buffer.alloc(12);
  fixed.writeUInt16BE(classId);
  fixed.writeUInt16BE(weight, 2);
  fixed.writeUInt32BE(bodySize, 8);
  return frame(2, 1, Buffer.concat([fixed, Buffer.from(properties)]));
}

const bytes = (...values: number[]) => Buffer.from(values);
const publish = methodFrame(1, 'basic.publish', { routingKey: 'q' });
const channelOpen = methodFrame(1, 'channel.open', {});

/** Where RabbitMQ 3.10 answers at all, it answers with this code (and, but for `cannot decode`, this text). */
const cases: readonly (readonly [what: string, sent: Buffer, code: number, text: string])[] = [
  [
    'a wrong frame end',
    frame(1, 1, bytes(0, 20, 0, 10, 0), 0),
    501,
    'type 1, all octets = <<0,20,0,10,0>>: {invalid_frame_end_marker,0}',
  ],
  [
    'an unknown frame type',
    frame(7, 1, Buffer.from('abc')),
    501,
    'type 7, all octets = <<"abc">>: unknown_frame',
  ],
  ['a frame above frame-max', bytes(1, 0, 1, 0, 3, 13, 64), 501, '{frame_too_large,200000,131064}'],
  [
    'a method frame without ids',
    frame(1, 1, bytes(0)),
    501,
    'type 1, all octets = <<0>>: unknown_frame',
  ],
  [
    'an unknown method',
    frame(1, 1, bytes(0, 60, 3, 231)),
    501,
    'no method has class 60 and id 999',
  ],
  [
    'a method cut off',
    frame(1, 1, bytes(0, 50, 0, 10, 0, 0, 32, 97)),
    501,
    'cannot decode queue.declare',
  ],
  [
    'a header without a method',
    header(5),
    505,
    'expected method frame, got non method frame instead',
  ],
  ['a body without a method', frame(3, 1, Buffer.from('abc')), 505, 'expected method frame'],
  [
    'a header of another class',
    Buffer.concat([publish, header(5, 50)]),
    505,
    'expected content header for class 60, got one for class 50 instead',
  ],
  [
    'a header with a weight',
    Buffer.concat([publish, header(5, 60, 1)]),
    505,
    'expected content header for class 60',
  ],
  [
    'a body before its header',
    Buffer.concat([publish, frame(3, 1, Buffer.from('abc'))]),
    505,
    'got non content header frame instead',
  ],
  [
    'a body longer than announced',
    Buffer.concat([publish, header(2), frame(3, 1, Buffer.from('abc'))]),
    505,
    'content body of 3 octets where its header announced 2',
  ],
  [
    'a method amid content',
    Buffer.concat([publish, header(9), channelOpen]),
    505,
    'expected content body, got non content body frame instead',
  ],
  [
    'a header cut off',
    Buffer.concat([publish, frame(2, 1, bytes(0, 60))]),
    501,
    'type 2, all octets = <<0,60>>: unknown_frame',
  ],
  [
    'properties cut off',
    Buffer.concat([publish, header(0, 60, 0, [0x80, 0, 32, 97])]),
    501,
    'cannot decode the properties',
  ],
  ['content on channel 0', frame(2, 0, Buffer.from('abc')), 501, 'unknown_frame'],
  ['a heartbeat on a channel', frame(8, 1, bytes()), 505, 'type 8, all octets = <<>>'],
  [
    'a heartbeat with a payload',
    frame(8, 0, Buffer.from('xx')),
    501,
    'type 8, all octets = <<"xx">>: unknown_frame',
  ],
  [
    'a method on a channel that is not open',
    methodFrame(5, 'queue.declare', {}),
    504,
    "expected 'channel.open'",
  ],
  ['a second channel.open', channelOpen, 504, "second 'channel.open' seen"],
  [
    'a channel method on channel 0',
    methodFrame(0, 'queue.declare', {}),
    504,
    'unexpected method in connection state running',
  ],
  [
    'a connection method on a channel',
    methodFrame(1, 'connection.open', {}),
    503,
    'unimplemented method',
  ],
  ["the broker's own method", methodFrame(1, 'basic.deliver', {}), 503, 'unimplemented method'],
  ['immediate', methodFrame(1, 'basic.publish', { immediate: true }), 540, 'immediate=true'],
  [
    'a prefetch size',
    methodFrame(1, 'basic.qos', { prefetchSize: 5 }),
    540,
    'prefetch_size!=0 (5)',
  ],
  ['recover without requeue', methodFrame(1, 'basic.recover', {}), 540, 'requeue=false'],
  ['channel.flow off', methodFrame(1, 'channel.flow', {}), 540, 'active=false'],
  [
    'more channels than channel-max',
    Buffer.concat(Array.from({ length: 2047 }, (_, n) => methodFrame(n + 2, 'channel.open', {}))),
    530,
    'number of channels opened (2047) has reached the negotiated channel_max (2047)',
  ],
  ['a body on channel 0', frame(3, 0, Buffer.from('abc')), 505, 'type 3, all octets = <<"abc">>'],
];

describe('malformed input', () => {
  test.each(cases)('%s ends the connection as it should', async (_what, sent, code, text) => {
    const { port } = await startBroker();
    const client = await openRawClient(port);
    client.write(sent);
    let answer = await client.next();
    while (answer?.name === 'channel.open-ok') answer = await client.next();
    expect(answer).toMatchObject({ name: 'connection.close', args: { replyCode: code } });
    expect(answer?.name === 'connection.close' && answer.args.replyText).toContain(text);
    client.write(methodFrame(0, 'connection.close-ok', {}));
    expect(await client.next()).toBeUndefined();
  });

  test.each(['GET / HTTP/1.0\r\n\r\n', 'AMQP\0\x01\0\0', '\x16\x03\x01\x02\0\x01\0\x01\xfc'])(
    'another protocol (%j) is answered with the header of this one',
    async (greeting) => {
      const { port } = await startBroker();
      const client = new RawClient(port);
      const answered = once(client.socket, 'data');
      client.write(Buffer.from(greeting, 'latin1'));
      expect(await answered).toEqual([Buffer.from('AMQP\0\0\x09\x01', 'latin1')]);
      expect(await client.next()).toBeUndefined();
    },
  );

  test.each([
    ['a method that is not due', methodFrame(0, 'connection.tune-ok', {}), 503],
    ['a channel', methodFrame(1, 'channel.open', {}), 505],
    ['content', header(1), 505],
  ])('%s before the login ends the connection', async (_what, sent, code) => {
    const { port } = await startBroker();
    const client = new RawClient(port);
    client.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1'), sent);
    expect((await client.next())?.name).toBe('connection.start');
    expect(await client.next()).toMatchObject({ args: { replyCode: code } });
  });

  test.each([
    [
      'frame_max',
      { frameMax: 100 },
      'negotiated frame_max = 100 is lower than the minimum allowed value (4096)',
    ],
    [
      'channel_max',
      { frameMax: 4096, channelMax: 4000 },
      'negotiated channel_max = 4000 is higher than the maximum allowed value (2047)',
    ],
    [
      'channel_max without a limit',
      { frameMax: 4096 },
      'negotiated channel_max = 0 (no limit) is higher than the maximum allowed value (2047)',
    ],
  ])('a %s out of bounds is refused', async (_what, tuned, text) => {
    const { port } = await startBroker();
    const client = new RawClient(port);
    client.write(
      Buffer.from('AMQP\0\0\x09\x01', 'latin1'),
      methodFrame(0, 'connection.start-ok', {
        mechanism: 'PLAIN',
        response: Buffer.from('\0guest\0guest'),
      }),
      methodFrame(0, 'connection.tune-ok', tuned),
    );
    await client.next();
    await client.next();
    expect(await client.next()).toMatchObject({
      args: { replyCode: 530, replyText: `NOT_ALLOWED - ${text}` },
    });
  });

  test('leaves other connections alone', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('q');
    const good = await connectClient(port);
    const bad = await openRawClient(port);
    bad.write(frame(1, 1, bytes(0, 20, 0, 10, 0), 0));
    expect((await bad.next())?.name).toBe('connection.close');
    expect(await good.publish('', 'q')).toBe('ack');
  });
});
