/** Several runs' coverage as one. Pure. */
import type { Coverage, FileCoverage } from '../../../electron/bridge/debug.ts';

type LineValues = NonNullable<FileCoverage['values']>[number];

/** As many different values of a variable are kept. */
const mostValues = 8;

function sumBy<T>(
  lists: readonly (readonly T[])[],
  keyOf: (item: T) => string,
  add: (a: T, b: T) => T,
): T[] {
  const sums = new Map<string, T>();
  for (const item of lists.flat()) {
    const key = keyOf(item);
    const there = sums.get(key);
    sums.set(key, there === undefined ? item : add(there, item));
  }
  return [...sums.values()];
}

function addValues(a: LineValues, b: LineValues): LineValues {
  const values = [...new Set([...a.values, ...b.values])];
  const dropped = Math.max(values.length - mostValues, 0);
  return { ...a, values: values.slice(dropped), more: a.more + b.more + dropped };
}

function sumFile(files: readonly FileCoverage[]): FileCoverage {
  const byLine = (a: { readonly line: number }, b: { readonly line: number }): number =>
    a.line - b.line;
  return {
    file: files[0]?.file ?? '',
    lines: sumBy(
      files.map(({ lines }) => lines),
      ({ line }) => String(line),
      (a, b) => ({ ...a, hits: a.hits + b.hits }),
    ).sort(byLine),
    functions: sumBy(
      files.map(({ functions }) => functions),
      ({ line, name }) => `${line}:${name}`,
      (a, b) => ({ ...a, hits: a.hits + b.hits }),
    ),
    branches: sumBy(
      files.map(({ branches }) => branches),
      ({ line, block }) => `${line}:${block}`,
      (a, b) => ({ ...a, taken: [a.taken[0] + b.taken[0], a.taken[1] + b.taken[1]] }),
    ),
    values: sumBy(
      files.map(({ values }) => values ?? []),
      ({ line, name }) => `${line}:${name}`,
      addValues,
    ),
  };
}

/** What all of the runs have run together: hits added up, values put together. */
export function sumCoverage(runs: readonly Coverage[]): Coverage {
  const files = new Map<string, FileCoverage[]>();
  for (const file of runs.flatMap((run) => run.files)) {
    files.set(file.file, [...(files.get(file.file) ?? []), file]);
  }
  return {
    files: [...files.values()].map(sumFile).sort((a, b) => a.file.localeCompare(b.file)),
  };
}

/** A part of a whole: `12 of 14`. */
export interface Share {
  readonly hit: number;
  readonly all: number;
}

export interface FileShares {
  readonly lines: Share;
  /** Ways out of conditionals: two each. */
  readonly branches: Share;
  readonly functions: Share;
  /** The first line that never ran. */
  readonly firstMissed: number | undefined;
}

/** How much of a file has run. */
export function sharesOf(file: FileCoverage): FileShares {
  const share = (hits: readonly number[]): Share => ({
    hit: hits.filter((count) => count > 0).length,
    all: hits.length,
  });
  return {
    lines: share(file.lines.map(({ hits }) => hits)),
    branches: share(file.branches.flatMap(({ taken }) => taken)),
    functions: share(file.functions.map(({ hits }) => hits)),
    firstMissed: file.lines.find(({ hits }) => hits === 0)?.line,
  };
}

/** How a line fares: `partly` has a conditional that always went the same way. */
export type LineState = 'ran' | 'partly' | 'never';

export interface CoveredLine {
  readonly line: number;
  readonly state: LineState;
  readonly hits: number;
  /** Ways that were never taken: into what follows the condition, or past it. */
  readonly missedWays: readonly ('into' | 'past')[];
  readonly values: readonly LineValues[];
}

/** The lines with code, with everything that is told of them beside the text. */
export function coveredLines(file: FileCoverage): CoveredLine[] {
  return file.lines.map(({ line, hits }) => {
    const missedWays = file.branches
      .filter((branch) => branch.line === line && branch.taken.some((count) => count > 0))
      .flatMap(({ taken }): ('into' | 'past')[] => {
        if (taken[0] === 0) return ['into'];
        return taken[1] === 0 ? ['past'] : [];
      });
    return {
      line,
      hits,
      state: hits === 0 ? 'never' : missedWays.length > 0 ? 'partly' : 'ran',
      missedWays,
      values: (file.values ?? []).filter((value) => value.line === line),
    };
  });
}
