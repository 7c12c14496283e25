/**
 * What the deliveries of a run have in common: the run itself, the decision about its queue, the
 * loading of a Lua context, the opening and closing of a session. Bounded, because a run may need
 * thousands of contexts.
 */
import type { Entry } from '../../lua-runtime/recording/entries.ts';

const KEPT_CONTEXTS = 500;
const ENTRIES_EACH = 200;

export class SharedEntries {
  readonly #run: Entry[] = [];
  readonly #contexts = new Map<number, Entry[]>();
  readonly #sessions = new Map<number, Entry[]>();
  /** What the context did that decided about the queue: the first one, for all sessions. */
  #decided: Entry[] = [];

  /** Takes an entry that belongs to no message. */
  add(entry: Entry): void {
    if (entry.session !== undefined) addTo(this.#sessions, entry.session, entry);
    else if (entry.context !== undefined) {
      const group = addTo(this.#contexts, entry.context, entry);
      if (entry.kind === 'queue-config') this.#decided = group;
    } else if (this.#run.length < ENTRIES_EACH) this.#run.push(entry);
  }

  /** What a delivery shares with others, `own` being its own entries. */
  of(own: readonly Entry[]): Entry[] {
    const session = own.find((entry) => entry.session !== undefined)?.session;
    const context = own.find((entry) => entry.context !== undefined)?.context;
    return inOrder([
      this.#run,
      this.#decided,
      (context !== undefined && this.#contexts.get(context)) || [],
      (session !== undefined && this.#sessions.get(session)) || [],
    ]);
  }

  all(): Entry[] {
    return inOrder([
      this.#run,
      this.#decided,
      ...this.#contexts.values(),
      ...this.#sessions.values(),
    ]);
  }
}

/** The group that the entry belongs to. */
function addTo(groups: Map<number, Entry[]>, key: number, entry: Entry): Entry[] {
  const known = groups.get(key);
  if (known) {
    if (known.length < ENTRIES_EACH) known.push(entry);
    return known;
  }
  const group = [entry];
  groups.set(key, group);
  const [oldest] = groups.keys();
  if (groups.size > KEPT_CONTEXTS && oldest !== undefined) groups.delete(oldest);
  return group;
}

/** A group may be among them twice. */
function inOrder(groups: readonly (readonly Entry[])[]): Entry[] {
  return [...new Set(groups)].flat().sort((a, b) => a.seq - b.seq);
}
