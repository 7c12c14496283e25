/** The recording of a run as it is made, and which of its entries belong to a message. */
import type { Entry, EntryBody } from '../../lua-runtime/recording/entries.ts';
import { Recorder } from '../../lua-runtime/recording/recorder.ts';

export class RunRecording {
  readonly #recorder: Recorder;
  readonly #ofMessage = new Map<number, Entry[]>();

  /** `onEntry` gets every entry in order; nothing is kept but the messages that have not ended. */
  constructor(onEntry: (entry: Entry) => void) {
    this.#recorder = new Recorder(onEntry, { keep: false });
  }

  add(body: EntryBody): void {
    const entry = this.#recorder.record(body);
    if (entry?.message === undefined) return;
    const entries = this.#ofMessage.get(entry.message);
    if (entries) entries.push(entry);
    else this.#ofMessage.set(entry.message, [entry]);
  }

  /** The entries of a message so far. */
  of(message: number): readonly Entry[] {
    return this.#ofMessage.get(message) ?? [];
  }

  /** Messages that have entries and have not been taken. */
  get begun(): number {
    return this.#ofMessage.size;
  }

  /** Hands over the entries of a message that ended, and forgets them. */
  take(message: number): readonly Entry[] {
    const entries = this.of(message);
    this.#ofMessage.delete(message);
    return entries;
  }
}
