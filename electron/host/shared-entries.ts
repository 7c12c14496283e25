/**
 * What the deliveries of a run have in common: the run itself, the loading of a Lua context, the
 * opening and closing of a session. Bounded, because a run may need thousands of contexts.
 */
import type { Entry } from '../../lua-runtime/recording/entries.ts';

const KEPT_CONTEXTS = 500;
const ENTRIES_EACH = 200;

export class SharedEntries {
  readonly #run: Entry[] = [];
  readonly #contexts = new Map<number, Entry[]>();
  readonly #sessions = new Map<number, Entry[]>();

  /** Takes an entry that belongs to no message. */
  add(entry: Entry): void {
    if (entry.session !== undefined) addTo(this.#sessions, entry.session, entry);
    else if (entry.context !== undefined) addTo(this.#contexts, entry.context, entry);
    else if (this.#run.length < ENTRIES_EACH) this.#run.push(entry);
  }

  /** What a delivery shares with others, `own` being its own entries. */
  of(own: readonly Entry[]): Entry[] {
    const session = own.find((entry) => entry.session !== undefined)?.session;
    const context = own.find((entry) => entry.context !== undefined)?.context;
    return [
      ...this.#run,
      ...((context !== undefined && this.#contexts.get(context)) || []),
      ...((session !== undefined && this.#sessions.get(session)) || []),
    ];
  }

  all(): Entry[] {
    return [this.#run, ...this.#contexts.values(), ...this.#sessions.values()]
      .flat()
      .sort((a, b) => a.seq - b.seq);
  }
}

function addTo(groups: Map<number, Entry[]>, key: number, entry: Entry): void {
  const group = groups.get(key);
  if (group) {
    if (group.length < ENTRIES_EACH) group.push(entry);
    return;
  }
  groups.set(key, [entry]);
  const [oldest] = groups.keys();
  if (groups.size > KEPT_CONTEXTS && oldest !== undefined) groups.delete(oldest);
}
