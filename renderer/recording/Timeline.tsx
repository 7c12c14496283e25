import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Entry } from '../../electron/bridge/contract.ts';
import { CodeText } from '../controls/CodeText.tsx';
import { LocationLink } from '../controls/LocationLink.tsx';
import { entryDetails } from './EntryDetails.tsx';
import { entryWords } from './entry-words.ts';
import { isAside, timelineItems, type TimelineItem } from './timeline-items.ts';

interface EntryLineProps {
  /** Of a run that is being stepped through: has it happened, is it the newest, is it still to come? */
  readonly when: 'past' | 'now' | 'future' | undefined;
  readonly item: TimelineItem;
  readonly offsetMs: number;
}

function EntryLine({ item, offsetMs, when }: EntryLineProps) {
  const [open, setOpen] = useState(false);
  const { entry, answer } = item;
  const { tone, text, location } = entryWords(entry, answer);
  const details = entryDetails(entry, answer);
  return (
    <li
      className="entry"
      data-tone={tone}
      data-when={when}
      aria-current={when === 'now' ? 'step' : undefined}
      data-aside={isAside(entry)}
      title={`${offsetMs.toFixed(2)} ms after the first entry`}
    >
      <span className="entry-dot" aria-hidden />
      {details === undefined ? (
        <span className="entry-text">
          <CodeText text={text} />
        </span>
      ) : (
        <button
          type="button"
          className="entry-text"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <CodeText text={text} />
          <ChevronRight size={12} aria-hidden className="entry-chevron" />
        </button>
      )}
      {location && <LocationLink location={location} />}
      {open && <div className="entry-details">{details}</div>}
    </li>
  );
}

function whenOf(
  item: TimelineItem,
  newest: TimelineItem | undefined,
  now: number,
): 'past' | 'now' | 'future' {
  if (item === newest) return 'now';
  return item.entry.seq <= now ? 'past' : 'future';
}

interface TimelineProps {
  readonly entries: readonly Entry[];
  /** The `seq` of the newest entry that has happened, while the run is being stepped through. */
  readonly now?: number | undefined;
}

/** Everything that happened, in order. */
export function Timeline({ entries, now }: TimelineProps) {
  const start = entries[0]?.at ?? 0;
  const items = timelineItems(entries);
  const newest = items.findLast(({ entry }) => now !== undefined && entry.seq <= now);
  return (
    <ol className="timeline">
      {items.map((item) => (
        <EntryLine
          key={item.entry.seq}
          item={item}
          offsetMs={item.entry.at - start}
          when={now === undefined ? undefined : whenOf(item, newest, now)}
        />
      ))}
    </ol>
  );
}
