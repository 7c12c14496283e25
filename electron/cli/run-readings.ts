/** What `deliver` reads out of a run once it is over: `--coverage DIR` and `--profile FILE`. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeCpuProfile } from '../../lua-runtime/debugger/cpu-profile.ts';
import type { Entry } from '../../lua-runtime/recording/entries.ts';
import { EntryFile } from '../host/debug/entry-file.ts';
import { readInWorker } from '../host/debug/read-in-worker.ts';
import type { CommandIo } from './command.ts';
import { notesText, readRecording, writeCoverage, written } from './coverage-file.ts';

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
    await readRecording(async () => {
      if (coverage !== undefined) err(await this.#writeCoverage(coverage, stop));
      if (profile !== undefined) err(await this.#writeProfile(profile, stop));
    });
  }

  close(): void {
    this.#entries?.remove();
  }

  async #writeCoverage(folder: string, signal: AbortSignal): Promise<string> {
    const request = { kind: 'coverage', values: false } as const;
    const coverage = await readInWorker(this.#recording(), request, { signal });
    return writeCoverage(coverage, folder, (path) => resolve(this.#options.root, path));
  }

  async #writeProfile(file: string, signal: AbortSignal): Promise<string> {
    const request = { kind: 'profile' } as const;
    const profile = await readInWorker(this.#recording(), request, { signal });
    const { root } = this.#options;
    const text = JSON.stringify(writeCpuProfile(profile, (path) => resolve(root, path)));
    await written(file, () => writeFile(file, text));
    const script = milliseconds(profile.totalUs);
    const host = milliseconds(profile.hostUs);
    return `${notesText(profile)}Profile: ${script} in the script, ${host} in host calls; in ${file}\n`;
  }

  #recording(): AsyncIterable<Entry> {
    if (this.#entries === undefined) throw new Error('The run was not kept.');
    return this.#entries.entries();
  }
}

function milliseconds(us: number): string {
  return `${(us / 1000).toFixed(1)} ms`;
}
