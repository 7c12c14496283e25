/** What `deliver` reads out of a run once it is over: `--coverage DIR` and `--profile FILE`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeCpuProfile } from '../../lua-runtime/debugger/cpu-profile.ts';
import { writeLcov } from '../../lua-runtime/debugger/lcov.ts';
import {
  coverageTotals,
  type CoverageCount,
} from '../../lua-runtime/debugger/readings/merge-coverage.ts';
import type { Entry } from '../../lua-runtime/recording/entries.ts';
import { EntryFile } from '../host/debug/entry-file.ts';
import { readInWorker, ReadingProblem } from '../host/debug/read-in-worker.ts';
import { CommandProblem } from './cli-error.ts';
import type { CommandIo } from './command.ts';

export interface RunReadingOptions {
  /** Folder for lcov.info. */
  readonly coverage: string | undefined;
  /** File for the profile. */
  readonly profile: string | undefined;
  /** Absolute folder of the policy. */
  readonly root: string;
}

/** Keeps a run's entries where a reading was asked for. */
export class RunReadings {
  readonly #options: RunReadingOptions;
  readonly #entries: EntryFile | undefined;

  constructor(options: RunReadingOptions) {
    this.#options = options;
    const isWanted = options.coverage !== undefined || options.profile !== undefined;
    this.#entries = isWanted ? new EntryFile() : undefined;
  }

  add(entry: Entry): void {
    this.#entries?.add(entry);
  }

  /** Replays and writes what was asked for, and says what came out on stderr. */
  async write({ err, stop }: Pick<CommandIo, 'err' | 'stop'>): Promise<void> {
    const { coverage, profile } = this.#options;
    try {
      if (coverage !== undefined) err(await this.#writeCoverage(coverage, stop));
      if (profile !== undefined) err(await this.#writeProfile(profile, stop));
    } catch (error) {
      if (error instanceof ReadingProblem) throw new CommandProblem(error.message);
      throw error;
    }
  }

  close(): void {
    this.#entries?.remove();
  }

  async #writeCoverage(folder: string, signal: AbortSignal): Promise<string> {
    const request = { kind: 'coverage', values: false } as const;
    const coverage = await readInWorker(this.#recording(), request, { signal });
    const file = join(folder, 'lcov.info');
    await written(file, async () => {
      await mkdir(folder, { recursive: true });
      await writeFile(
        file,
        writeLcov(coverage, (path) => resolve(this.#options.root, path)),
      );
    });
    const { lines, functions, branches } = coverageTotals(coverage.files);
    const shares = `${share('lines', lines)}, ${share('functions', functions)}, ${share('branches', branches)}`;
    return `${notes(coverage)}Coverage: ${shares}; in ${file}\n`;
  }

  async #writeProfile(file: string, signal: AbortSignal): Promise<string> {
    const request = { kind: 'profile' } as const;
    const profile = await readInWorker(this.#recording(), request, { signal });
    const { root } = this.#options;
    const text = JSON.stringify(writeCpuProfile(profile, (path) => resolve(root, path)));
    await written(file, () => writeFile(file, text));
    const script = milliseconds(profile.totalUs);
    const host = milliseconds(profile.hostUs);
    return `${notes(profile)}Profile: ${script} in the script, ${host} in host calls; in ${file}\n`;
  }

  #recording(): AsyncIterable<Entry> {
    if (this.#entries === undefined) throw new Error('The run was not kept.');
    return this.#entries.entries();
  }
}

async function written(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandProblem(`${file} cannot be written (${why}); name another place.`);
  }
}

function notes(reading: { readonly notes?: readonly string[] }): string {
  return (reading.notes ?? []).map((note) => `${note}\n`).join('');
}

function share(what: string, { found, hit }: CoverageCount): string {
  const percent = found === 0 ? 100 : (100 * hit) / found;
  return `${what} ${percent.toFixed(1)} % (${hit} of ${found})`;
}

function milliseconds(us: number): string {
  return `${(us / 1000).toFixed(1)} ms`;
}
