/**
 * The Lua contexts of a run worked side by side, and how their entries interleave in the recording
 * is chance. What each of them did is in order.
 */
import type { Entry } from './entries.ts';

export interface Thread {
  /** Absent for entries that belong to no context: `run`, `end`. */
  readonly context: number | undefined;
  /** Without `file` entries, which are recorded once for all contexts. */
  readonly entries: readonly Entry[];
}

/** A recording as one list of entries for each Lua context, in order of their first entries. */
export function threadsOf(entries: readonly Entry[]): Thread[] {
  const contexts = new Map<number, number>();
  for (const { kind, session, context } of entries) {
    if (kind === 'message' && session !== undefined && context !== undefined) {
      contexts.set(session, context);
    }
  }
  const threads = new Map<number | undefined, Entry[]>();
  for (const entry of entries) {
    if (entry.kind === 'file') continue;
    const { session } = entry;
    const context = entry.context ?? (session === undefined ? undefined : contexts.get(session));
    const thread = threads.get(context);
    if (thread === undefined) threads.set(context, [entry]);
    else thread.push(entry);
  }
  return [...threads].map(([context, list]) => ({ context, entries: list }));
}
