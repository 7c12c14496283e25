/** The files of a run as DAP's sources, with the text that was run where the disk has another one. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { latin1Bytes } from '../../recording/byte-text.ts';
import type { Entry } from '../../recording/entries.ts';
import { decodeUtf8 } from '../../vm/platform.ts';
import type { RequestArguments } from './request-arguments.ts';
import { RequestProblem } from './request-problem.ts';
import type { SourcePaths } from './source-paths.ts';

export interface RunSourcesOptions {
  readonly paths: SourcePaths;
  readonly entries: () => readonly Entry[];
  /** The bytes of a file, latin1-decoded; undefined when it cannot be read. */
  readonly readFile: (path: string) => string | undefined;
  /** A finished run may have run another text than the disk holds now. */
  readonly finished: boolean;
}

export class RunSources {
  readonly #options: RunSourcesOptions;
  readonly #texts = new Map<string, string>();
  /** Files whose recorded text must be shown, by reference; counted from 1. */
  readonly #recorded: string[] = [];
  #read = 0;

  constructor(options: RunSourcesOptions) {
    this.#options = options;
  }

  /** The files that the run has loaded so far, in that order. */
  loaded(): readonly string[] {
    this.#takeEntries();
    return [...this.#texts.keys()];
  }

  sourceOf(file: string): DebugProtocol.Source {
    const name = file.split('/').at(-1) ?? file;
    const path = this.#options.paths.clientPath(file);
    const reference = this.#options.finished ? this.#referenceOf(file) : 0;
    if (reference === 0) return { name, path };
    return { name, path, sourceReference: reference, origin: 'as it was run' };
  }

  /** What a client means by a source: undefined when it is not below the run's folder. */
  fileOf(source: RequestArguments): string | undefined {
    const file = this.#recorded[(source.optionalNumber('sourceReference') ?? 0) - 1];
    if (file !== undefined) return file;
    const path = source.optionalText('path');
    return path === undefined ? undefined : this.#options.paths.fileOf(path);
  }

  /** As it is run, latin1-decoded; of a file that was not loaded yet, as it is on disk. */
  textOf(file: string): string | undefined {
    this.#takeEntries();
    const { readFile, paths } = this.#options;
    return this.#texts.get(file) ?? readFile(paths.absolute(file));
  }

  /** The text of a `sourceReference`. */
  text(reference: number): string {
    this.#takeEntries();
    const text = this.#texts.get(this.#recorded[reference - 1] ?? '');
    if (text === undefined) {
      throw new RequestProblem('The recording has no text for this source; open the file itself.');
    }
    return decodeUtf8(latin1Bytes(text));
  }

  #referenceOf(file: string): number {
    const known = this.#recorded.indexOf(file);
    if (known >= 0) return known + 1;
    this.#takeEntries();
    const text = this.#texts.get(file);
    const { readFile, paths } = this.#options;
    if (text === undefined || readFile(paths.absolute(file)) === text) return 0;
    return this.#recorded.push(file);
  }

  #takeEntries(): void {
    const entries = this.#options.entries();
    for (; this.#read < entries.length; this.#read++) {
      const entry = entries[this.#read];
      if (entry?.kind === 'file' && !this.#texts.has(entry.path)) {
        this.#texts.set(entry.path, entry.text);
      }
    }
  }
}
