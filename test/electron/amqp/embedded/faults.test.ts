import { describe, expect, test } from 'vitest';
import { faultConditionChoices } from '../../../../electron/amqp/embedded/fault-choices.ts';
import {
  faultChoices,
  faultHelp,
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

  test.each(['explode', '', 'nack+', '@n=1'])(
    'that is none (%j) is refused with all there are',
    (text) => {
      expect(() => parseFault(text)).toThrow(
        'is not a fault; use one of nack, unroutable, silent, delay:MS, reset, block, ' +
          'close-channel:CODE, close-connection:CODE, refuse, auth, vhost.',
      );
    },
  );

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

describe('the conditions of a fault', () => {
  test.each([
    'nack@n=3',
    'nack@n=3..5',
    'silent@n=2..',
    'reset@every=10',
    'nack@key=mail.#',
    'nack@exchange=events',
    'nack@exchange=',
    'nack@p=0.25',
    'nack@p=0.25,seed=7',
    'delay:20@after=500ms',
    'block@after=2s,for=1m',
    'refuse@for=1h',
    'auth@n=1',
    'vhost@every=2',
    'nack@n=1,every=2,key=a.*,exchange=e,p=1,seed=0,after=0ms,for=5s',
    'nack@key=a%2Cb%2Bc%25d%40e',
    'nack@n=3+delay:200+reset@p=0.01,seed=7',
  ])('%s are read and written', (text) => {
    expect(formatFault(parseFault(text))).toBe(text);
  });

  test('are read as what they mean', () => {
    expect(parseFault('nack@n=3..,key=a%2Cb,after=2s,for=1m')).toEqual({
      kind: 'nack',
      when: { n: { from: 3, to: Infinity }, key: 'a,b', after: 2000, for: 60_000 },
    });
    expect(parseFault('nack + delay:5 @ n=1')).toEqual({
      kind: 'rules',
      rules: [
        { kind: 'nack' },
        { kind: 'delay', milliseconds: 5, when: { n: { from: 1, to: 1 } } },
      ],
    });
  });

  test.each([
    ['nack@', "'' is not a condition of a fault; write a name and a value, as in n=3"],
    ['nack@soon', "'soon' is not a condition of a fault"],
    ['nack@when=1', "'when=1' is not a condition of a fault"],
    ['nack@n', "'n' is not a condition of a fault"],
    ['nack@n=0', "'n=0' does not say which messages"],
    ['nack@n=5..3', "'n=5..3' does not say which messages"],
    ['nack@n=x', "'n=x' does not say which messages"],
    ['nack@every=0', "'every=0' needs a whole number from 1 on"],
    ['nack@p=2', "'p=2' is not a probability"],
    ['nack@p=often', "'p=often' is not a probability"],
    ['nack@p=0.1,seed=x', "'seed=x' needs a whole number from 0 on"],
    ['nack@seed=7', "The seed of 'nack' is for a probability"],
    ['nack@after=5', "'after=5' is not a time up to a day"],
    ['nack@for=25h', "'for=25h' is not a time up to a day"],
    ['nack@n=1,n=2', "The fault 'nack' has the condition 'n' twice"],
    ['refuse@n=1', "The fault 'refuse' is not about messages, so that 'n' means nothing for it"],
    ['block@key=a', "The fault 'block' is not about messages"],
    ['auth@key=a', "The fault 'auth' is not about messages"],
  ])('%s are refused in a sentence', (text, sentence) => {
    expect(() => parseFault(text)).toThrow(sentence);
  });

  test('and all faults are in the help', () => {
    const help = faultHelp();
    for (const { spec } of [...faultChoices, ...faultConditionChoices])
      expect(help).toContain(spec);
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});
