import { describe, expect, test } from 'vitest';
import {
  assertHeadersBinding,
  headersMatch,
  topicMatches,
} from '../../../../../electron/amqp/embedded/engine/binding-match.ts';
import { tableOf } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';

describe('a topic pattern', () => {
  test.each([
    ['a.*.c', 'a.b.c', true],
    ['a.*.c', 'a.c', false],
    ['a.*.c', 'a.b.b.c', false],
    ['x.#', 'x', true],
    ['x.#', 'x.y.z', true],
    ['x.#', 'xy', false],
    ['#', '', true],
    ['#', 'a.b', true],
    ['*', '', false],
    ['*', 'a', true],
    ['#.z', 'z', true],
    ['#.z', 'a.b.z', true],
    ['a.#.z', 'a.z', true],
    ['a.#.z', 'a.b.c.z', true],
    ['a.#.z', 'a.b.c', false],
    ['#.#', 'a', true],
    ['*.#', '', false],
    ['', '', true],
    ['', 'a', false],
    ['a..b', 'a..b', true],
    ['a.*.b', 'a..b', true],
  ])('%j and the key %j: %s', (pattern, key, matches) => {
    expect(topicMatches(pattern, key)).toBe(matches);
  });
});

describe('a headers binding', () => {
  test.each([
    ['all must be there', { a: 1, b: 'z' }, { a: 1, b: 'z', c: 2 }, true],
    ['one is missing', { a: 1, b: 'z' }, { a: 1 }, false],
    ['one is enough', { 'x-match': 'any', a: 1, b: 'z' }, { b: 'z' }, true],
    ['none fits', { 'x-match': 'any', a: 1 }, { a: 2 }, false],
    ['another type', { a: 1 }, { a: '1' }, false],
    ['only the key', { a: null }, { a: 'anything' }, true],
    ['x- headers do not count', { 'x-a': 1 }, {}, true],
    ['x- headers count when asked', { 'x-match': 'all-with-x', 'x-a': 1 }, {}, false],
    ['nothing asked, all', {}, { a: 1 }, true],
    ['nothing asked, any', { 'x-match': 'any' }, { a: 1 }, false],
  ])('%s', (_what, binding, headers, matches) => {
    expect(headersMatch(tableOf(binding), tableOf(headers))).toBe(matches);
  });

  test('compares numbers of different width by their value', () => {
    const narrow = new Map([['a', { type: 'byte', value: 5 } as const]]);
    expect(headersMatch(tableOf({ a: 5 }), narrow)).toBe(true);
  });

  test('with another x-match is refused', () => {
    expect(() => assertHeadersBinding(tableOf({ 'x-match': 'some' }))).toThrow(
      'PRECONDITION_FAILED - Invalid x-match field value <<"some">>; expected all, any, all-with-x, or any-with-x',
    );
  });
});
