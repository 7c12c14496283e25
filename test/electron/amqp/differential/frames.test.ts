import { methodFrame } from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';
import { answerTo, answerToBeginning, frame, header } from './raw-script.ts';

const text = (value: string) => Buffer.from(value);
const publish = methodFrame(1, 'basic.publish', { routingKey: 'q' });
const channelOpen = methodFrame(1, 'channel.open', {});

const cases: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['a wrong frame end', frame(1, 1, Buffer.from([0, 20, 0, 10, 0]), 0)],
  ['an unknown frame type', frame(7, 1, text('abc'))],
  ['an unknown frame type, long', frame(7, 1, text('a text of more than sixteen octets'))],
  ['a frame above frame-max', Buffer.from([1, 0, 1, 0, 3, 13, 64])],
  ['a method frame without ids', frame(1, 1, Buffer.from([0]))],
  ['a header without a method', header(5)],
  ['a body without a method', frame(3, 1, text('abc'))],
  ['a header of another class', Buffer.concat([publish, header(5, 50)])],
  ['a header with a weight', Buffer.concat([publish, header(5, 60, 1)])],
  ['a body before its header', Buffer.concat([publish, frame(3, 1, text('abc'))])],
  ['a method amid content', Buffer.concat([publish, header(9), channelOpen])],
  ['a header cut off', Buffer.concat([publish, frame(2, 1, Buffer.from([0, 60]))])],
  ['a body on channel 0', frame(3, 0, text('abc'))],
  ['a header cut off on channel 0', frame(2, 0, text('abc'))],
  ['a heartbeat on a channel', frame(8, 1, text(''))],
  ['a heartbeat with a payload', frame(8, 0, text('xx'))],
  ['a method on a channel that is not open', methodFrame(5, 'queue.declare', {})],
  ['content on a channel that is not open', frame(3, 5, text('abc'))],
  ['a second channel.open', channelOpen],
  ['a channel method on channel 0', methodFrame(0, 'queue.declare', {})],
  ['a connection method on a channel', methodFrame(1, 'connection.open', {})],
  ["the broker's own method", methodFrame(1, 'basic.qos-ok', {})],
  ['immediate', Buffer.concat([methodFrame(1, 'basic.publish', { immediate: true }), header(0)])],
  ['a prefetch size', methodFrame(1, 'basic.qos', { prefetchSize: 5 })],
  ['recover without requeue', methodFrame(1, 'basic.recover', {})],
  ['channel.flow off', methodFrame(1, 'channel.flow', {})],
  ['channel.flow on', methodFrame(1, 'channel.flow', { active: true })],
  ['access.request', methodFrame(1, 'access.request', { realm: '/data', active: true })],
  [
    'an unknown exchange type',
    methodFrame(1, 'exchange.declare', { exchange: 'e', type: 'made-up' }),
  ],
  [
    'a method that waits for no answer',
    methodFrame(1, 'queue.purge', { queue: 'no', nowait: true }),
  ],
];

/** What a client may begin with instead of AMQP 0-9-1. */
const beginnings: readonly (readonly [what: string, bytes: string])[] = [
  ['AMQP 0-9', 'AMQP\x01\x01\0\x09'],
  ['AMQP 0-8', 'AMQP\x01\x01\x08\0'],
  ['AMQP 0-10', 'AMQP\x01\x01\0\x0a'],
  ['an AMQP to come', 'AMQP\0\0\x0a\0'],
  ['HTTP', 'GET / HTTP/1.1\r\n\r\n'],
  ['zeros', '\0\0\0\0\0\0\0\0'],
];

describeOnRabbitmq('frames on both brokers', () => {
  for (const [what, bytes] of cases) {
    sameOnBoth(what, async (script) => {
      script.note('first answer', await answerTo(script.address, bytes));
    });
  }

  for (const [what, bytes] of beginnings) {
    sameOnBoth(`a client that begins with ${what}`, async (script) => {
      script.note('answer', await answerToBeginning(script.address, Buffer.from(bytes, 'latin1')));
    });
  }
});
