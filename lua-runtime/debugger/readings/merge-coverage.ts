/** Coverage of several runs as one, and what of it was reached. */
import type { Coverage, FileCoverage, LineValues } from '../run-reading.ts';

/** As many different values of a variable as are kept for a line. */
export const KEPT_VALUES = 5;

/**
 * Sums the counts. The runs must be of the same texts: lines are taken by their numbers.
 * @returns the files in order of their paths.
 */
export function mergeCoverage(runs: readonly Coverage[]): Coverage {
  const files = new Map<string, FileCoverage>();
  for (const run of runs) {
    for (const file of run.files) {
      const known = files.get(file.file);
      files.set(file.file, known === undefined ? file : mergeFile(known, file));
    }
  }
  const notes = [...new Set(runs.flatMap((run) => run.notes ?? []))];
  return {
    files: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    ...(notes.length === 0 ? undefined : { notes }),
  };
}

function mergeFile(a: FileCoverage, b: FileCoverage): FileCoverage {
  const values = mergeValues(a.values ?? [], b.values ?? []);
  return {
    file: a.file,
    lines: mergeBy(
      [...a.lines, ...b.lines],
      ({ line }) => `${line}`,
      (x, y) => ({ ...x, hits: x.hits + y.hits }),
    ).sort((x, y) => x.line - y.line),
    functions: mergeBy([...numbered(a.functions), ...numbered(b.functions)], key, (x, y) => ({
      ...x,
      hits: x.hits + y.hits,
    }))
      .sort((x, y) => x.line - y.line || x.number - y.number)
      .map(({ name, line, hits }) => ({ name, line, hits })),
    branches: mergeBy(
      [...a.branches, ...b.branches],
      ({ line, block }) => `${line} ${block}`,
      (x, y) => ({ ...x, taken: [x.taken[0] + y.taken[0], x.taken[1] + y.taken[1]] as const }),
    ).sort((x, y) => x.line - y.line || x.block - y.block),
    ...(a.values === undefined && b.values === undefined ? undefined : { values }),
  };
}

type NumberedFunction = FileCoverage['functions'][number] & { readonly number: number };

/** Functions that start on one line are told apart by their order. */
function numbered(functions: FileCoverage['functions']): NumberedFunction[] {
  const onLine = new Map<number, number>();
  return functions.map((fn) => {
    const number = onLine.get(fn.line) ?? 0;
    onLine.set(fn.line, number + 1);
    return { ...fn, number };
  });
}

function key({ line, number }: NumberedFunction): string {
  return `${line} ${number}`;
}

function mergeValues(a: readonly LineValues[], b: readonly LineValues[]): LineValues[] {
  return mergeBy(
    [...a, ...b],
    ({ line, name }) => `${line} ${name}`,
    (x, y) => {
      const values = [...x.values.filter((value) => !y.values.includes(value)), ...y.values];
      const dropped = Math.max(0, values.length - KEPT_VALUES);
      return { ...x, values: values.slice(dropped), more: x.more + y.more + dropped };
    },
  ).sort((x, y) => x.line - y.line);
}

/** Items of the same key become one; in order of their first appearance. */
function mergeBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  merge: (a: T, b: T) => T,
): T[] {
  const merged = new Map<string, T>();
  for (const item of items) {
    const at = keyOf(item);
    const known = merged.get(at);
    merged.set(at, known === undefined ? item : merge(known, item));
  }
  return [...merged.values()];
}

export interface CoverageCount {
  readonly found: number;
  readonly hit: number;
}

export interface CoverageTotals {
  readonly lines: CoverageCount;
  readonly functions: CoverageCount;
  /** Ways of conditionals. */
  readonly branches: CoverageCount;
}

export function coverageTotals(files: readonly FileCoverage[]): CoverageTotals {
  const count = (hits: readonly number[]): CoverageCount => ({
    found: hits.length,
    hit: hits.filter((n) => n > 0).length,
  });
  return {
    lines: count(files.flatMap(({ lines }) => lines.map(({ hits }) => hits))),
    functions: count(files.flatMap(({ functions }) => functions.map(({ hits }) => hits))),
    branches: count(files.flatMap(({ branches }) => branches.flatMap(({ taken }) => taken))),
  };
}
