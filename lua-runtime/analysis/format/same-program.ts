/** Whether two texts are the same program with the same comments, wherever they stand. */
import type { Chunk } from '../syntax/syntax-tree.ts';
import type { Node } from '../syntax/walk.ts';
import { areParenthesesNeeded } from './flat-text.ts';

/** Where something stands in its text. */
const PLACES = new Set(['start', 'end', 'nameSpan', 'argsSpan', 'content']);

export function isSameProgram(a: Chunk, b: Chunk): boolean {
  if (a.errors.length > 0 || b.errors.length > 0) return false;
  const [before, after] = [a, b].map(({ comments }) =>
    comments.map(({ text }) => text.trimEnd()).join('\n'),
  );
  return before === after && isSame(a.body, b.body);
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((each, i) => isSame(each, b[i]));
  }
  const [left, right] = [withoutIdleParentheses(a), withoutIdleParentheses(b)];
  const keys = Object.keys(left).filter((key) => !PLACES.has(key));
  return (
    keys.length === Object.keys(right).filter((key) => !PLACES.has(key)).length &&
    keys.every((key) => isSame(valueOf(left, key), valueOf(right, key)))
  );
}

/** Of a condition all are idle, of anything else those around what is one value anyway. */
function withoutIdleParentheses(node: object): object {
  const each = node as Node;
  if (each.kind === 'Parenthesized' && !areParenthesesNeeded(each.inner)) {
    return withoutIdleParentheses(each.inner);
  }
  return node;
}

function valueOf(node: object, key: string): unknown {
  const value = (node as Record<string, unknown>)[key];
  if (key !== 'condition') return value;
  let condition = value as Node;
  while (condition.kind === 'Parenthesized') condition = condition.inner;
  return condition;
}
