/**
 * Keeps a recording in the order in which things happened while a publish overtakes the entries that
 * were written before it: the worker sends the publish first, because the broker waits for nothing
 * else, and what led to it right after.
 */
import type { EntryBody } from '../../lua-runtime/recording/entries.ts';

export class HeldEntries {
  readonly #add: (entry: EntryBody) => void;
  readonly #held = new Map<number, EntryBody[]>();

  /** @param add takes the entries in their order */
  constructor(add: (entry: EntryBody) => void) {
    this.#add = add;
  }

  /** The broker's entries of this session wait until `release`. */
  hold(session: number): void {
    if (!this.#held.has(session)) this.#held.set(session, []);
  }

  /** Takes an entry of the broker's side. */
  add(entry: EntryBody): void {
    const held = entry.session === undefined ? undefined : this.#held.get(entry.session);
    if (held === undefined) this.#add(entry);
    else held.push(entry);
  }

  /** The session's worker has sent what came before, or will send nothing any more. */
  release(session: number): void {
    const held = this.#held.get(session);
    if (held === undefined) return;
    this.#held.delete(session);
    for (const entry of held) this.#add(entry);
  }
}
