import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../../../../electron/amqp/embedded/wire/byte-writer.ts';
import {
  decodeProperties,
  writeProperties,
} from '../../../../../electron/amqp/embedded/wire/content-properties.ts';
import type { ContentProperties } from '../../../../../electron/amqp/embedded/wire/content-properties.ts';
import { tableOf } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';

function roundTrip(properties: ContentProperties): ContentProperties {
  const writer = new ByteWriter();
  writeProperties(writer, properties);
  return decodeProperties(writer.bytes());
}

const all: Required<ContentProperties> = {
  contentType: 'message/rfc822',
  contentEncoding: 'identity',
  headers: tableOf({ tenant: 'a' }),
  deliveryMode: 2,
  priority: 9,
  correlationId: 'c',
  replyTo: 'r',
  expiration: '60000',
  messageId: 'm',
  timestamp: 1_700_000_000n,
  type: 't',
  userId: 'guest',
  appId: 'kumo',
  clusterId: '',
};

describe('content properties', () => {
  test('come back, all fourteen of them', () => {
    expect(roundTrip(all)).toEqual(all);
  });

  test.each(Object.keys(all) as (keyof ContentProperties)[])('come back with only %s', (name) => {
    const one: ContentProperties = { [name]: all[name] };
    expect(roundTrip(one)).toEqual(one);
  });

  test('take two bytes when there are none', () => {
    const writer = new ByteWriter();
    writeProperties(writer, {});
    expect(writer.bytes()).toEqual(Buffer.from([0, 0]));
  });

  test.each([
    ['a flag that announces more flags', Buffer.from([0, 1])],
    ['a value that is cut off', Buffer.from([0x80, 0, 32, 97])],
    ['bytes behind the last', Buffer.from([0, 0, 7])],
    ['half a flag word', Buffer.from([0])],
  ])('with %s are malformed', (_what, bytes) => {
    expect(() => decodeProperties(bytes)).toThrow();
  });
});
