import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Entry } from '../../electron/bridge/contract.ts';
import { CodeText } from '../controls/CodeText.tsx';
import { LocationLink } from '../controls/LocationLink.tsx';
import { entryDetails } from './EntryDetails.tsx';
import { entryWords } from './entry-words.ts';
import { isAside, timelineItems, type TimelineItem } from './timeline-items.ts';

interface EntryLineProps {
  readonly item: TimelineItem;
  readonly offsetMs: number;
}

function EntryLine({ item, offsetMs }: EntryLineProps) {
  const [open, setOpen] = useState(false);
  const { entry, answer } = item;
  const { tone, text, location } = entryWords(entry, answer);
  const details = entryDetails(entry, answer);
  return (
    <li
      className="entry"
      data-tone={tone}
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

/** Everything that happened, in order. */
export function Timeline({ entries }: { readonly entries: readonly Entry[] }) {
  const start = entries[0]?.at ?? 0;
  return (
    <ol className="timeline">
      {timelineItems(entries).map((item) => (
        <EntryLine key={item.entry.seq} item={item} offsetMs={item.entry.at - start} />
      ))}
    </ol>
  );
}
