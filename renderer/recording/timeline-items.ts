import type { Entry } from '../../electron/bridge/contract.ts';

type HostResult = Extract<Entry, { kind: 'host-result' }>;

/** A line of the timeline: an entry, and for a host call the answer that belongs to it. */
export interface TimelineItem {
  readonly entry: Entry;
  readonly answer?: HostResult;
}

/** Entries that say how, not what: they are there to be found and stand back meanwhile. */
export function isAside(entry: Entry): boolean {
  switch (entry.kind) {
    case 'run':
    case 'file':
    case 'load':
    case 'summary':
    case 'end':
    case 'host-call':
    case 'host-result':
      return true;
    case 'return':
      return !entry.failed && entry.event !== 'send';
    case 'call':
      return entry.event === 'close' || entry.event === 'get_queue_config';
    case 'session':
      return entry.state === 'closed';
    default:
      return false;
  }
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
