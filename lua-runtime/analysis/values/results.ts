import { NIL, UNKNOWN, type Values } from './value.ts';

/** What a call gives, by position. The last one being unknown means that more may follow. */
export type Results = readonly Values[];

/** A result beyond the last is nil, unless the last is unknown and may stand for more. */
export function resultAt(results: Results, i: number): Values {
  const own = results[i];
  if (own !== undefined) return own;
  const last = results.at(-1);
  return last?.some(({ kind }) => kind === 'unknown') === true ? UNKNOWN : NIL;
}
