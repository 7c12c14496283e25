import { useState } from 'react';
import { useBreakpoints } from '../breakpoints/breakpoints-store.ts';
import { changeEventBreakpoint } from '../breakpoints/change-breakpoints.ts';
import type { EventWords } from '../breakpoints/event-words.ts';
import { BreakpointCheck } from './BreakpointCheck.tsx';

interface OnlyProps {
  readonly words: EventWords & { readonly only: NonNullable<EventWords['only']> };
  readonly only: string;
  readonly onCommit: (only: string) => void;
}

/** Which of the events: all of them, or those that are named. */
function Only({ words, only, onCommit }: OnlyProps) {
  const [draft, setDraft] = useState<string>();
  if (draft === undefined) {
    return (
      <button
        type="button"
        className="breakpoint-does mono clip"
        aria-label={`${words.only.name} for “${words.label}”: ${only === '' ? 'all' : only}`}
        title={words.only.name}
        onClick={() => setDraft(only)}
      >
        {only === '' ? 'any' : only}
      </button>
    );
  }
  return (
    <input
      className="input row-input"
      autoFocus
      aria-label={words.only.name}
      placeholder={`any, or ${words.only.example}`}
      spellCheck={false}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => setDraft(undefined)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onCommit(draft.trim());
        if (event.key === 'Enter' || event.key === 'Escape') setDraft(undefined);
      }}
    />
  );
}

/** Something that happens in a run, as a row to be checked. */
export function EventRow({ words }: { readonly words: EventWords }) {
  const breakpoint = useBreakpoints((state) => state.events.find((b) => b.event === words.event));
  const enabled = breakpoint?.enabled ?? false;
  const only = breakpoint?.only ?? '';
  return (
    <li className="breakpoint-row" data-off={!enabled} title={words.explanation}>
      <label className="breakpoint-event">
        <BreakpointCheck
          look={`breakpoint-dot ${enabled ? 'on' : 'off'}`}
          label={words.label}
          checked={enabled}
          onChange={(checked) => changeEventBreakpoint(words.event, checked, only)}
        />
        <span className="clip">{words.label}</span>
      </label>
      {words.only && (enabled || only !== '') && (
        <Only
          words={{ ...words, only: words.only }}
          only={only}
          onCommit={(text) => changeEventBreakpoint(words.event, enabled, text)}
        />
      )}
    </li>
  );
}
