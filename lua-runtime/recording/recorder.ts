/**
 * Turns entries into a recording: numbers them, and keeps a file that several contexts loaded once.
 */
import type { Entry, EntryBody } from './entries.ts';

export class Recorder {
  readonly #entries: Entry[] = [];
  readonly #files = new Map<string, string>();
  readonly #listener: ((entry: Entry) => void) | undefined;
  readonly #keeps: boolean;
  #lastSeq = 0;

  /**
   * @param listener told of each entry as it is recorded.
   * @param options.keep false: entries go to the listener only, and `entries` stays empty.
   */
  constructor(listener?: (entry: Entry) => void, options: { readonly keep?: boolean } = {}) {
    this.#listener = listener;
    this.#keeps = options.keep ?? true;
  }

  /** The recording so far, in order. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Records an entry. @returns undefined for a file that is recorded already, else the entry. */
  record(body: EntryBody): Entry | undefined {
    if (body.kind === 'file') {
      if (this.#files.get(body.path) === body.text) return undefined;
      this.#files.set(body.path, body.text);
    }
    const entry: Entry = { seq: ++this.#lastSeq, ...body };
    if (this.#keeps) this.#entries.push(entry);
    this.#listener?.(entry);
    return entry;
  }
}
