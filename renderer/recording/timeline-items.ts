import type { Entry } from '../../electron/bridge/contract.ts';

type HostResult = Extract<Entry, { kind: 'host-result' }>;

/** A line of the timeline: an entry, and for a host call the answer that belongs to it. */
export interface TimelineItem {
  readonly entry: Entry;
  readonly answer?: HostResult;
}

/** Joins every host call with its answer; all other entries stay as they are, in order. */
export function timelineItems(entries: readonly Entry[]): TimelineItem[] {
  const answers = new Map<number, HostResult>();
  const asked = new Set<number>();
  for (const entry of entries) {
    if (entry.kind === 'host-result') answers.set(entry.call, entry);
    if (entry.kind === 'host-call') asked.add(entry.call);
  }
  return entries.flatMap((entry): TimelineItem[] => {
    if (entry.kind === 'host-result') return asked.has(entry.call) ? [] : [{ entry }];
    const answer = entry.kind === 'host-call' ? answers.get(entry.call) : undefined;
    return [answer ? { entry, answer } : { entry }];
  });
}
