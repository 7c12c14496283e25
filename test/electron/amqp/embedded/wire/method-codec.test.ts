import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../../../../electron/amqp/embedded/wire/byte-writer.ts';
import {
  MalformedMethod,
  UnknownMethod,
  decodeMethod,
  writeMethod,
} from '../../../../../electron/amqp/embedded/wire/method-codec.ts';
import type { MethodArguments } from '../../../../../electron/amqp/embedded/wire/method-codec.ts';
import { methodTable } from '../../../../../electron/amqp/embedded/wire/method-table.ts';
import type {
  ArgumentType,
  MethodName,
} from '../../../../../electron/amqp/embedded/wire/method-table.ts';
import { tableOf } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';

const samples: { readonly [type in ArgumentType]: unknown } = {
  bit: true,
  octet: 200,
  short: 60_000,
  long: 4_000_000_000,
  longlong: 2 ** 40 + 5,
  shortstr: 'schön',
  longstr: Buffer.from([0, 1, 2]),
  table: tableOf({ a: 1 }),
};

function encoded<Name extends MethodName>(
  name: Name,
  args: Partial<MethodArguments<Name>>,
): Buffer {
  const writer = new ByteWriter();
  writeMethod(writer, name, args);
  return writer.bytes();
}

describe('a method', () => {
  test.each(Object.keys(methodTable) as MethodName[])('%s comes back as it was written', (name) => {
    const args = Object.fromEntries(
      Object.entries(methodTable[name].args).map(([argument, type]: [string, ArgumentType]) => [
        argument,
        samples[type],
      ]),
    );
    expect(decodeMethod(encoded(name, args))).toEqual({ name, args });
  });

  test('puts neighbouring bits into one octet, the first lowest', () => {
    // exchange.declare: durable and nowait are the 2nd and 5th of five bits.
    const bytes = encoded('exchange.declare', { exchange: 'e', durable: true, nowait: true });
    expect(bytes.subarray(9, 10)).toEqual(Buffer.from([0b10010]));
  });

  test('matches the bytes of a basic.ack in the specification', () => {
    expect(encoded('basic.ack', { deliveryTag: 5, multiple: true })).toEqual(
      Buffer.from([0, 60, 0, 80, 0, 0, 0, 0, 0, 0, 0, 5, 1]),
    );
  });

  test('with ids that no method has is unknown', () => {
    expect(() => decodeMethod(Buffer.from([0, 60, 3, 231]))).toThrow(UnknownMethod);
  });

  test.each([
    ['cut off', Buffer.from([0, 50, 0, 10, 0, 0, 32, 97])],
    ['too long', Buffer.from([0, 60, 0, 80, 0, 0, 0, 0, 0, 0, 0, 5, 1, 9])],
  ])('%s is malformed, and its name is told', (_how, bytes) => {
    expect(() => decodeMethod(bytes)).toThrow(MalformedMethod);
    expect(() => decodeMethod(bytes)).toThrow(/queue\.declare|basic\.ack/);
  });
});
