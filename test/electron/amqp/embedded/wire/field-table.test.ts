import { describe, expect, test } from 'vitest';
import {
  ByteReader,
  MalformedBytes,
} from '../../../../../electron/amqp/embedded/wire/byte-reader.ts';
import { ByteWriter } from '../../../../../electron/amqp/embedded/wire/byte-writer.ts';
import {
  readBareTable,
  readTable,
  writeTable,
} from '../../../../../electron/amqp/embedded/wire/field-table.ts';
import type { FieldTable } from '../../../../../electron/amqp/embedded/wire/field-table.ts';
import { plainTable, tableOf } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';

function encoded(table: FieldTable): Buffer {
  const writer = new ByteWriter(1);
  writeTable(writer, table);
  return writer.bytes();
}

function decoded(bytes: Buffer): FieldTable {
  return readTable(new ByteReader(bytes));
}

const everyType: FieldTable = new Map([
  ['longstr', { type: 'longstr', value: Buffer.from('grüße') }],
  ['binary', { type: 'binary', value: Buffer.from([0, 255, 128]) }],
  ['byte', { type: 'byte', value: -128 }],
  ['unsignedbyte', { type: 'unsignedbyte', value: 255 }],
  ['short', { type: 'short', value: -32768 }],
  ['unsignedshort', { type: 'unsignedshort', value: 65535 }],
  ['signedint', { type: 'signedint', value: -2147483648 }],
  ['unsignedint', { type: 'unsignedint', value: 4294967295 }],
  ['long', { type: 'long', value: -(2n ** 63n) }],
  ['float', { type: 'float', value: 1.5 }],
  ['double', { type: 'double', value: Math.PI }],
  ['timestamp', { type: 'timestamp', value: 1_700_000_000n }],
  ['decimal', { type: 'decimal', value: { places: 2, digits: 12345 } }],
  ['true', { type: 'bool', value: true }],
  ['false', { type: 'bool', value: false }],
  ['void', { type: 'void', value: null }],
  ['__proto__', { type: 'longstr', value: Buffer.from('only a key') }],
  [
    'array',
    {
      type: 'array',
      value: [
        { type: 'byte', value: 1 },
        { type: 'array', value: [] },
      ],
    },
  ],
  ['table', { type: 'table', value: new Map([['inner', { type: 'short', value: 7 }]]) }],
]);

describe('a field table', () => {
  test('keeps every value and its type on the way through', () => {
    expect(decoded(encoded(everyType))).toEqual(everyType);
  });

  test('reads the letter L as RabbitMQ does: a signed 64-bit number', () => {
    const bytes = Buffer.from([0, 0, 0, 11, 1, 97, 0x4c, 255, 255, 255, 255, 255, 255, 255, 254]);
    expect(decoded(bytes)).toEqual(new Map([['a', { type: 'long', value: -2n }]]));
  });

  test('is shown as plain values', () => {
    const plain = plainTable(everyType);
    expect(plain).toMatchObject({
      longstr: 'grüße',
      long: '-9223372036854775808',
      timestamp: 1_700_000_000,
      decimal: 123.45,
      void: null,
      array: [1, []],
      table: { inner: 7 },
    });
    expect(Object.hasOwn(plain, '__proto__')).toBe(true);
  });

  test('is made of plain values', () => {
    const plain = { s: 'x', n: 5, f: 0.5, b: true, nothing: null, list: [1, 'a'], deep: { k: 1 } };
    expect(plainTable(decoded(encoded(tableOf(plain))))).toEqual(plain);
  });

  test.each([
    ['an unknown type', Buffer.from([0, 0, 0, 3, 1, 97, 0x5a])],
    ['a value that is cut off', Buffer.from([0, 0, 0, 4, 1, 97, 0x49, 0])],
    ['a size beyond what is there', Buffer.from([0, 0, 0, 99, 1])],
    ['a key that is cut off', Buffer.from([0, 0, 0, 2, 9, 97])],
    ['a key that is not UTF-8', Buffer.from([0, 0, 0, 4, 1, 255, 0x74, 1])],
  ])('with %s is malformed', (_what, bytes) => {
    expect(() => decoded(bytes)).toThrow(MalformedBytes);
  });

  test('nested without end is malformed instead of overflowing the stack', () => {
    let value = Buffer.alloc(0);
    for (let level = 0; level < 3000; level++) {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(value.length);
      value = Buffer.concat([Buffer.from([1, 97, 0x46]), size, value]);
    }
    expect(() => readBareTable(value)).toThrow('nest deeper');
  });
});
