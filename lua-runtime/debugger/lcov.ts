/**
 * Coverage as an lcov tracefile (geninfo(1), FILES), which editors and CI services read.
 *
 * Functions have one count for each name, so names that a file uses twice get their line. A branch
 * whose conditional never ran is `-`, as lcov tells it from one that was passed by.
 */
import type { Coverage, FileCoverage } from './run-reading.ts';

/**
 * @param pathOf the path to write for a workspace file; default: as it is.
 * @returns the tracefile's text.
 */
export function writeLcov(
  coverage: Coverage,
  pathOf: (file: string) => string = (file) => file,
): string {
  return coverage.files.map((file) => fileRecord(file, pathOf(file.file))).join('');
}

function fileRecord(file: FileCoverage, path: string): string {
  const names = uniqueNames(file.functions);
  const functions = file.functions.map(({ line, hits }, i) => ({
    name: names[i] ?? '',
    line,
    hits,
  }));
  const ways = file.branches.flatMap(({ line, block, taken }) =>
    taken.map((count, way) => ({ line, block, way, count, ran: taken.some((n) => n > 0) })),
  );
  const records = [
    'TN:',
    `SF:${path}`,
    ...functions.map(({ name, line }) => `FN:${line},${name}`),
    ...functions.map(({ name, hits }) => `FNDA:${hits},${name}`),
    `FNF:${functions.length}`,
    `FNH:${hitCount(functions)}`,
    ...ways.map(
      ({ line, block, way, count, ran }) => `BRDA:${line},${block},${way},${ran ? count : '-'}`,
    ),
    `BRF:${ways.length}`,
    `BRH:${ways.filter(({ count }) => count > 0).length}`,
    ...file.lines.map(({ line, hits }) => `DA:${line},${hits}`),
    `LF:${file.lines.length}`,
    `LH:${hitCount(file.lines)}`,
    'end_of_record',
  ];
  return `${records.join('\n')}\n`;
}

function uniqueNames(functions: FileCoverage['functions']): string[] {
  const uses = new Map<string, number>();
  const plain = functions.map(({ name }) => name.replaceAll(/[\s,]+/g, ' '));
  for (const name of plain) uses.set(name, (uses.get(name) ?? 0) + 1);
  const given = new Set<string>();
  return functions.map(({ line }, i) => {
    const name = plain[i] ?? '';
    let unique = (uses.get(name) ?? 0) > 1 ? `${name}:${line}` : name;
    // Two on the same line.
    for (let n = 2; given.has(unique); n++) unique = `${name}:${line}:${n}`;
    given.add(unique);
    return unique;
  });
}

function hitCount(counted: readonly { readonly hits: number }[]): number {
  return counted.filter(({ hits }) => hits > 0).length;
}
