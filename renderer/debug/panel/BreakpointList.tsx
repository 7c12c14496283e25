import { CircleOff, Plus, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { goToLocation } from '../../editor/go-to-location.ts';
import { behaviourWords, breakpointLook, lineWords } from '../breakpoints/breakpoint-look.ts';
import {
  useBreakpoints,
  type FunctionBreakpoint,
  type LineBreakpoint,
} from '../breakpoints/breakpoints-store.ts';
import {
  addFunctionBreakpoint,
  enableAllBreakpoints,
  enableFunctionBreakpoint,
  enableLineBreakpoint,
  removeAllBreakpoints,
  removeFunctionBreakpoint,
  removeLineBreakpoint,
} from '../breakpoints/change-breakpoints.ts';
import { eventWords } from '../breakpoints/event-words.ts';
import { editAt } from '../editor/editor-debugging.ts';
import { useSession } from '../session/session-store.ts';
import { BreakpointCheck } from './BreakpointCheck.tsx';
import { EventRow } from './EventRow.tsx';

function Remove({ name, onPress }: { readonly name: string; readonly onPress: () => void }) {
  return (
    <button
      type="button"
      className="button quiet icon small row-action"
      aria-label={`Remove ${name}`}
      title="Remove"
      onClick={onPress}
    >
      <X size={12} aria-hidden />
    </button>
  );
}

function LineRow({ breakpoint }: { readonly breakpoint: LineBreakpoint }) {
  const inSession = useSession((state) => state.phase !== 'none');
  const known = useBreakpoints((state) => state.places.get(breakpoint.id));
  const place = inSession ? known : undefined;
  const { id, file, line, enabled } = breakpoint;
  const name = `${file.slice(file.lastIndexOf('/') + 1)}:${place?.line ?? line}`;
  const does = behaviourWords(breakpoint);
  return (
    <li className="breakpoint-row" data-off={!enabled} title={lineWords(breakpoint, place)}>
      <BreakpointCheck
        look={breakpointLook(breakpoint, place)}
        label={`${name}, ${lineWords(breakpoint, place)}`}
        checked={enabled}
        onChange={(checked) => enableLineBreakpoint(id, checked)}
      />
      <button
        type="button"
        className="breakpoint-place mono"
        title={`Go to ${file}, line ${line}`}
        onClick={() => void goToLocation({ file, line: place?.line ?? line })}
      >
        {name}
      </button>
      <button
        type="button"
        className="breakpoint-does mono clip"
        aria-label={`Edit ${name}${does === '' ? '' : `: ${does}`}`}
        onClick={() => {
          void goToLocation({ file, line }).then(() => editAt(file, line));
        }}
      >
        {does === '' ? <span className="row-action">Edit</span> : does}
      </button>
      <Remove name={name} onPress={() => removeLineBreakpoint(id)} />
    </li>
  );
}

function FunctionRow({ breakpoint }: { readonly breakpoint: FunctionBreakpoint }) {
  const place = useBreakpoints((state) => state.places.get(breakpoint.id));
  const { id, name, enabled } = breakpoint;
  return (
    <li className="breakpoint-row" data-off={!enabled} title={place?.message}>
      <BreakpointCheck
        look={`breakpoint-dot function ${enabled ? 'on' : 'off'}`}
        label={`Function ${name} is entered`}
        checked={enabled}
        onChange={(checked) => enableFunctionBreakpoint(id, checked)}
      />
      <span className="mono clip">{name}</span>
      <span className="breakpoint-does faint">entered</span>
      <Remove name={`function ${name}`} onPress={() => removeFunctionBreakpoint(id)} />
    </li>
  );
}

function NewFunction({ onDone }: { readonly onDone: () => void }) {
  const [name, setName] = useState('');
  return (
    <li className="breakpoint-row">
      <input
        className="input row-input"
        autoFocus
        aria-label="Name of the function"
        placeholder="Function, like sender:send"
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={onDone}
        onKeyDown={(event) => {
          if (event.key === 'Enter') addFunctionBreakpoint(name.trim());
          if (event.key === 'Enter' || event.key === 'Escape') onDone();
        }}
      />
    </li>
  );
}

/** Where and when the script is to stop. */
export function BreakpointList() {
  const lines = useBreakpoints((state) => state.lines);
  const functions = useBreakpoints((state) => state.functions);
  const [adding, setAdding] = useState(false);
  const isAny = lines.length + functions.length > 0;
  const areOn = [...lines, ...functions].some((b) => b.enabled);
  return (
    <section aria-label="Breakpoints">
      <h3 className="debug-heading">
        Breakpoints
        <span className="heading-actions">
          <button
            type="button"
            className="button quiet icon small"
            aria-label="Add a function breakpoint"
            title="Stop where a function is entered"
            onClick={() => setAdding(true)}
          >
            <Plus size={13} aria-hidden />
          </button>
          {isAny && (
            <>
              <button
                type="button"
                className="button quiet icon small"
                aria-label={areOn ? 'Disable all breakpoints' : 'Enable all breakpoints'}
                title={areOn ? 'Disable all' : 'Enable all'}
                onClick={() => enableAllBreakpoints(!areOn)}
              >
                <CircleOff size={13} aria-hidden />
              </button>
              <button
                type="button"
                className="button quiet icon small"
                aria-label="Remove all breakpoints"
                title="Remove all"
                onClick={removeAllBreakpoints}
              >
                <Trash2 size={13} aria-hidden />
              </button>
            </>
          )}
        </span>
      </h3>
      <ul>
        {lines.map((breakpoint) => (
          <LineRow key={breakpoint.id} breakpoint={breakpoint} />
        ))}
        {functions.map((breakpoint) => (
          <FunctionRow key={breakpoint.id} breakpoint={breakpoint} />
        ))}
        {adding && <NewFunction onDone={() => setAdding(false)} />}
        {eventWords.map((words) => (
          <EventRow key={words.event} words={words} />
        ))}
      </ul>
    </section>
  );
}
