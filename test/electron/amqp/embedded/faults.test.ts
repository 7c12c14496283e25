import { describe, expect, test } from 'vitest';
import {
  faultChoices,
  formatFault,
  parseFault,
} from '../../../../electron/amqp/embedded/faults.ts';

describe('a fault', () => {
  test.each(faultChoices.map((choice) => [choice.spec, choice] as const))(
    '%s can be chosen, read and written',
    (spec, { parameter }) => {
      const text = parameter === undefined ? spec : spec.replace(/:.*/, `:${parameter.example}`);
      expect(formatFault(parseFault(text))).toBe(text);
    },
  );

  test('with a parameter has it as a number', () => {
    expect(parseFault('delay:1500')).toEqual({ kind: 'delay', milliseconds: 1500 });
    expect(parseFault('close-channel:404')).toEqual({ kind: 'close-channel', code: 404 });
  });

  test('that is none is refused with all there are', () => {
    expect(() => parseFault('explode')).toThrow(
      "'explode' is not a fault; use one of nack, unroutable, silent, delay:MS, reset, block, " +
        'close-channel:CODE, close-connection:CODE, refuse, auth, vhost.',
    );
  });

  test.each(['delay', 'delay:', 'delay:soon', 'delay:-1', 'delay:1.5', 'delay:999999999999'])(
    '%s is refused with an example',
    (text) => {
      expect(() => parseFault(text)).toThrow("as in 'delay:500'");
    },
  );

  test.each(['close-channel', 'close-channel:999', 'close-connection:x', 'close-connection:200'])(
    '%s is refused with the codes there are',
    (text) => {
      expect(() => parseFault(text)).toThrow('the codes are 311, 312, 313, 320, 402, 403, 404');
    },
  );

  test('that takes nothing is refused with something', () => {
    expect(() => parseFault('nack:5')).toThrow("write just 'nack'");
  });
});
