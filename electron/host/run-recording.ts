/** The recording of a run as it is made: numbers the entries and knows which belong together. */
import type { Entry, EntryBody } from '../../lua-runtime/recording/entries.ts';

export class RunRecording {
  readonly #onEntry: (entry: Entry) => void;
  readonly #ofMessage = new Map<number, Entry[]>();
  /** Texts of the files that were recorded: every context loads the same ones. */
  readonly #files = new Map<string, string>();
  #seq = 0;

  /** `onEntry` gets every entry in order. */
  constructor(onEntry: (entry: Entry) => void) {
    this.#onEntry = onEntry;
  }

  add(body: EntryBody): void {
    if (body.kind === 'file') {
      if (this.#files.get(body.path) === body.text) return;
      this.#files.set(body.path, body.text);
    }
    const entry: Entry = { ...body, seq: ++this.#seq };
    if (entry.message !== undefined) {
      const entries = this.#ofMessage.get(entry.message);
      if (entries) entries.push(entry);
      else this.#ofMessage.set(entry.message, [entry]);
    }
    this.#onEntry(entry);
  }

  /** The entries of a message so far. */
  of(message: number): readonly Entry[] {
    return this.#ofMessage.get(message) ?? [];
  }

  /** Hands over the entries of a message that ended, and forgets them. */
  take(message: number): readonly Entry[] {
    const entries = this.of(message);
    this.#ofMessage.delete(message);
    return entries;
  }
}
