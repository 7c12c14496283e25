/** `--coverage DIR`: the coverage of runs as DIR/lcov.info, and its shares in words. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeLcov } from '../../lua-runtime/debugger/lcov.ts';
import {
  coverageTotals,
  type CoverageCount,
} from '../../lua-runtime/debugger/readings/merge-coverage.ts';
import type { Coverage } from '../../lua-runtime/debugger/run-reading.ts';
import { ReadingProblem } from '../host/debug/read-in-worker.ts';
import { CommandProblem } from './cli-error.ts';

/** What `read` reads of a recording; throws CommandProblem when that cannot be read. */
export async function readRecording<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ReadingProblem) throw new CommandProblem(error.message);
    throw error;
  }
}

/**
 * @param pathOf the path to write for a file; default: as it is.
 * @returns lines for a person. Throws CommandProblem when the file cannot be written.
 */
export async function writeCoverage(
  coverage: Coverage,
  folder: string,
  pathOf?: (file: string) => string,
): Promise<string> {
  const file = join(folder, 'lcov.info');
  await written(file, async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(file, writeLcov(coverage, pathOf));
  });
  const { lines, functions, branches } = coverageTotals(coverage.files);
  const shares = `${share('lines', lines)}, ${share('functions', functions)}, ${share('branches', branches)}`;
  return `${notesText(coverage)}Coverage: ${shares}; in ${file}\n`;
}

/** Throws CommandProblem when `write` fails. */
export async function written(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandProblem(`${file} cannot be written (${why}); name another place.`);
  }
}

/** What a reading has to say of itself, a line each. */
export function notesText(reading: { readonly notes?: readonly string[] }): string {
  return (reading.notes ?? []).map((note) => `${note}\n`).join('');
}

function share(what: string, { found, hit }: CoverageCount): string {
  const percent = found === 0 ? 100 : (100 * hit) / found;
  return `${what} ${percent.toFixed(1)} % (${hit} of ${found})`;
}
