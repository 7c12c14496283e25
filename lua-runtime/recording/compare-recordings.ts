/**
 * Whether two recordings tell the same, apart from when it happened and how long it took.
 */
import type { Entry } from './entries.ts';
import { threadsOf } from './recording-threads.ts';

export interface Divergence {
  /** The first entry of the original that the other recording does not repeat. */
  readonly expected?: Entry;
  /** What stands in its place; absent when the other recording ends before. */
  readonly actual?: Entry;
  /** The field where they differ, e.g. `record.response.code`; empty when the kinds differ. */
  readonly path: string;
  /** One sentence for the person. */
  readonly text: string;
}

/** Fields that differ from run to run: when, how long, and a recording's own numbers. */
const OWN: ReadonlySet<string> = new Set([
  'at',
  'duration_us',
  'latency_us',
  'seq',
  'run_id',
  'context',
  'tick',
]);

/**
 * Lua contexts are compared one by one, because how their entries interleave is not repeatable.
 *
 * @returns undefined when `replayed` repeats `original`.
 */
export function compareRecordings(
  original: readonly Entry[],
  replayed: readonly Entry[],
): Divergence | undefined {
  const originals = threadsOf(original);
  const others = threadsOf(replayed);
  const divergences: Divergence[] = [];
  for (let i = 0; i < Math.max(originals.length, others.length); i++) {
    const divergence = firstDivergence(originals[i]?.entries ?? [], others[i]?.entries ?? []);
    if (divergence !== undefined) divergences.push(divergence);
  }
  return divergences.sort((a, b) => seqOf(a) - seqOf(b))[0];
}

function seqOf({ expected, actual }: Divergence): number {
  return expected?.seq ?? actual?.seq ?? 0;
}

function firstDivergence(
  original: readonly Entry[],
  replayed: readonly Entry[],
): Divergence | undefined {
  const count = Math.max(original.length, replayed.length);
  for (let i = 0; i < count; i++) {
    const expected = original[i];
    const actual = replayed[i];
    if (expected === undefined && actual !== undefined) {
      return {
        actual,
        path: '',
        text: `The replay goes on with a ${actual.kind} entry where the recording ends.`,
      };
    }
    if (expected === undefined) return undefined;
    if (actual === undefined) {
      return {
        expected,
        path: '',
        text: `The replay ends before entry ${expected.seq} (${expected.kind}) of the recording.`,
      };
    }
    const path = expected.kind === actual.kind ? firstDifference(expected, actual, '') : '';
    if (path === undefined) continue;
    const where = path === '' ? `is ${actual.kind} in the replay` : `differs in ${path}`;
    return {
      expected,
      actual,
      path,
      text: `Entry ${expected.seq} (${expected.kind}) of the recording ${where}.`,
    };
  }
  return undefined;
}

/** The path of the first difference in depth-first order, or undefined when there is none. */
function firstDifference(a: unknown, b: unknown, path: string): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (
    typeof a === 'string' &&
    typeof b === 'string' &&
    withoutAddresses(a) === withoutAddresses(b)
  ) {
    return undefined;
  }
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return path;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) {
    if (OWN.has(name)) continue;
    const inner = path === '' ? name : `${path}.${name}`;
    const difference = firstDifference(a[name], b[name], inner);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Where Lua keeps a table depends on what else uses its memory, the debugger for one. */
function withoutAddresses(text: string): string {
  return text.replace(/\b(\w+): 0x[0-9a-f]+/g, '$1');
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
