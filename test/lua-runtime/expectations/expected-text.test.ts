import { describe, expect, it } from 'vitest';
import {
  countMatches,
  countWords,
  jsonMatches,
  quoted,
  textMatches,
  textWords,
} from '../../../lua-runtime/expectations/expected-text.ts';

describe('a text', () => {
  it('is compared whole when it is given as it is', () => {
    expect(textMatches('250 ok', '250 ok')).toBe(true);
    expect(textMatches('250', '250 ok')).toBe(false);
  });

  it('may be a part, over several lines too', () => {
    expect(textMatches({ contains: 'ok\nthen' }, '250 ok\nthen more')).toBe(true);
    expect(textMatches({ contains: 'OK' }, '250 ok')).toBe(false);
  });

  it('may be an expression, in which a dot is a line end too', () => {
    expect(textMatches({ matches: '^250.*more$' }, '250 ok\nmore')).toBe(true);
    expect(textMatches({ matches: '^ok' }, '250 ok')).toBe(false);
  });

  it('may be JSON with further keys', () => {
    const said = '{"status":"Nack","reply":{"code":312,"text":"NO_ROUTE"}}';
    expect(textMatches({ json: { reply: { code: 312 } } }, said)).toBe(true);
    expect(textMatches({ json: { reply: { code: 313 } } }, said)).toBe(false);
    expect(textMatches({ json: {} }, 'no JSON')).toBe(false);
  });

  it('is told in words', () => {
    expect(textWords('a')).toBe('"a"');
    expect(textWords({ contains: 'a' })).toBe('a text that contains "a"');
    expect(textWords({ matches: '^a' })).toBe('a text that matches /^a/');
    expect(textWords({ json: [1] })).toBe('JSON with [1]');
    expect(quoted('x'.repeat(1000)).length).toBeLessThan(420);
  });
});

describe('JSON', () => {
  it('is equal but for further keys of objects', () => {
    expect(jsonMatches({ a: 1 }, { a: 1, b: 2 })).toBe(true);
    expect(jsonMatches({ a: 1 }, { b: 2 })).toBe(false);
    expect(jsonMatches([1], [1, 2])).toBe(false);
    expect(jsonMatches([{ a: 1 }], [{ a: 1, b: 2 }])).toBe(true);
    expect(jsonMatches([], {})).toBe(false);
    expect(jsonMatches({}, [])).toBe(false);
    expect(jsonMatches(null, undefined)).toBe(false);
  });

  it('has no keys that only its prototype has', () => {
    expect(jsonMatches({ toString: null }, {})).toBe(false);
  });
});

describe('a count', () => {
  it('is one number or a range with its ends', () => {
    expect(countMatches(3, 3)).toBe(true);
    expect(countMatches(3, 4)).toBe(false);
    expect(countMatches({ at_least: 3, at_most: 5 }, 3)).toBe(true);
    expect(countMatches({ at_least: 3, at_most: 5 }, 6)).toBe(false);
    expect(countMatches({ at_least: 3 }, 99)).toBe(true);
    expect(countWords({ at_least: 3, at_most: 5 })).toBe('3 to 5');
    expect(countWords({ at_most: 5 })).toBe('at most 5');
    expect(countWords({ at_least: 5 })).toBe('at least 5');
  });
});
