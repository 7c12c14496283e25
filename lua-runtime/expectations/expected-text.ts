/** Texts, counts and JSON values against what is expected of them. */
import type { JsonValue } from '../recording/entries.ts';
import type { CountExpectation, TextExpectation } from './expectation-contract.ts';

const SHOWN_CHARACTERS = 400;

export function textMatches(expected: TextExpectation, actual: string): boolean {
  if (typeof expected === 'string') return actual === expected;
  if ('contains' in expected) return actual.includes(expected.contains);
  if ('matches' in expected) return expressionOf(expected.matches).test(actual);
  try {
    return jsonMatches(expected.json, JSON.parse(actual) as JsonValue);
  } catch {
    return false;
  }
}

/** Throws `SyntaxError` for what is no regular expression. */
export function expressionOf(pattern: string): RegExp {
  return new RegExp(pattern, 'su');
}

/** `"250 ok"`, `a text that contains "Nack"`. */
export function textWords(expected: TextExpectation): string {
  if (typeof expected === 'string') return quoted(expected);
  if ('contains' in expected) return `a text that contains ${quoted(expected.contains)}`;
  if ('matches' in expected) return `a text that matches /${expected.matches}/`;
  return `JSON with ${JSON.stringify(expected.json)}`;
}

/** In quotes, as JSON writes it, and cut where nobody reads on. */
export function quoted(text: string): string {
  const cut = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return JSON.stringify(cut);
}

export function countMatches(expected: CountExpectation, actual: number): boolean {
  if (typeof expected === 'number') return actual === expected;
  const { at_least = -Infinity, at_most = Infinity } = expected;
  return actual >= at_least && actual <= at_most;
}

export function countWords(expected: CountExpectation): string {
  if (typeof expected === 'number') return String(expected);
  const { at_least, at_most } = expected;
  if (at_least === undefined) return `at most ${at_most}`;
  if (at_most === undefined) return `at least ${at_least}`;
  return `${at_least} to ${at_most}`;
}

/** Objects of `actual` may have further keys; lists, texts, numbers and the rest are equal. */
export function jsonMatches(expected: JsonValue, actual: JsonValue | undefined): boolean {
  if (actual === undefined) return false;
  if (expected === null || typeof expected !== 'object') return expected === actual;
  if (actual === null || typeof actual !== 'object') return false;
  if (isList(expected) || isList(actual)) {
    if (!isList(expected) || !isList(actual)) return false;
    return (
      expected.length === actual.length && expected.every((item, i) => jsonMatches(item, actual[i]))
    );
  }
  return Object.entries(expected).every(([key, value]) =>
    jsonMatches(value, Object.hasOwn(actual, key) ? actual[key] : undefined),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
