import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { focusEditor } from '../../editor/code-editor.ts';
import type { BreakpointKind } from '../breakpoints/breakpoint-look.ts';
import { breakpointAt } from '../breakpoints/breakpoints-store.ts';
import { setLineBreakpoint } from '../breakpoints/change-breakpoints.ts';
import { closeBreakpointEditor } from './breakpoint-editing.ts';

const fields = {
  condition: {
    name: 'Stop if',
    hint: "A Lua expression that is true, like domain == 'amqp'",
  },
  hitCondition: { name: 'Stop on hit', hint: '5, >= 5 or % 5 for every fifth' },
  logMessage: { name: 'Log', hint: 'Text with {expressions}, like id {message:id()}' },
} as const;
type Field = keyof typeof fields;
const fieldNames: readonly Field[] = ['condition', 'hitCondition', 'logMessage'];

interface BreakpointFieldsProps {
  readonly file: string;
  readonly line: number;
  readonly kind: BreakpointKind;
}

/** What a breakpoint asks before it stops, and what it says instead of stopping. */
export function BreakpointFields({ file, line, kind }: BreakpointFieldsProps) {
  const [there] = useState(() => breakpointAt(file, line));
  const [drafts, setDrafts] = useState({
    condition: there?.condition ?? '',
    hitCondition: there?.hitCondition ?? '',
    logMessage: there?.logMessage ?? '',
  });
  const [field, setField] = useState<Field>(
    kind === 'log'
      ? 'logMessage'
      : there?.hitCondition !== undefined && there.condition === undefined
        ? 'hitCondition'
        : 'condition',
  );
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), [field]);

  function close(): void {
    closeBreakpointEditor();
    focusEditor();
  }
  function commit(): void {
    const filled = fieldNames.filter((name) => drafts[name].trim() !== '');
    setLineBreakpoint(
      file,
      line,
      Object.fromEntries(filled.map((name) => [name, drafts[name].trim()])),
    );
    close();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === input.current) commit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      className="breakpoint-fields"
      role="group"
      aria-label={`Breakpoint in line ${line}`}
      onKeyDown={onKeyDown}
    >
      <select
        className="input plain"
        aria-label="What the breakpoint does"
        value={field}
        onChange={(event) => {
          const chosen = fieldNames.find((name) => name === event.target.value);
          if (chosen) setField(chosen);
        }}
      >
        {fieldNames.map((name) => (
          <option key={name} value={name}>
            {fields[name].name}
            {name !== field && drafts[name] !== '' ? ' (set)' : ''}
          </option>
        ))}
      </select>
      <input
        ref={input}
        className="input"
        aria-label={fields[field].name}
        placeholder={fields[field].hint}
        spellCheck={false}
        value={drafts[field]}
        onChange={(event) => setDrafts({ ...drafts, [field]: event.target.value })}
      />
      <button type="button" className="button" onClick={commit}>
        Done{' '}
        <span className="key" aria-hidden>
          ⏎
        </span>
      </button>
      <button type="button" className="button quiet" onClick={close}>
        Cancel
      </button>
    </div>
  );
}
