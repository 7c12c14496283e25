import { ChevronRight } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { selectedFrame, useSession } from '../session/session-store.ts';
import { evaluateInConsole } from './evaluate.ts';
import { EvaluateHistory } from './evaluate-history.ts';
import { completed, useCompletions } from './use-completions.ts';
import './evaluate.css';

const history = new EvaluateHistory();

/** Asks the script, in the frame that is selected. Tab or Enter takes a completion, arrows go back. */
export function EvaluateInput() {
  const stands = useSession((state) => state.phase === 'stopped');
  const where = useSession((state) => selectedFrame(state)?.name);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { completions, typed, choose, close } = useCompletions();
  const isOpen = completions.items.length > 0;

  function put(next: string, caret = next.length): void {
    setText(next);
    requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret));
  }
  function take(index: number): void {
    const item = completions.items[index];
    const caret = input.current?.selectionStart ?? text.length;
    if (!item) return;
    const next = completed({ text, caret }, item);
    close();
    put(next.text, next.caret);
    input.current?.focus();
  }
  function submit(): void {
    const expression = text.trim();
    if (expression === '' || !stands) return;
    history.add(expression);
    setText('');
    close();
    void evaluateInConsole(expression);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Tab' && isOpen && !event.shiftKey) take(completions.chosen);
    else if (event.key === 'Enter') submit();
    else if (event.key === 'Escape' && isOpen) close();
    else if (event.key === 'ArrowUp') {
      if (isOpen) choose(-1);
      else put(history.older(text));
    } else if (event.key === 'ArrowDown') {
      if (isOpen) choose(1);
      else put(history.newer(text));
    } else return;
    event.preventDefault();
  }

  return (
    <div className="evaluate">
      {isOpen && (
        <ul className="completions" role="listbox" aria-label="Completions" id="completions">
          {completions.items.map((item, index) => (
            <li
              key={`${index}:${item.label}`}
              id={`completion-${index}`}
              role="option"
              aria-selected={index === completions.chosen}
              ref={(element) => {
                if (index === completions.chosen) element?.scrollIntoView({ block: 'nearest' });
              }}
              onMouseDown={(event) => {
                event.preventDefault();
                take(index);
              }}
            >
              <span className="clip">{item.label}</span>
              <span className="faint">{item.type}</span>
            </li>
          ))}
        </ul>
      )}
      <ChevronRight size={13} aria-hidden className="tone-info" />
      <input
        ref={input}
        className="evaluate-input"
        role="combobox"
        aria-label="Evaluate in the debugged script"
        aria-expanded={isOpen}
        aria-controls="completions"
        aria-activedescendant={isOpen ? `completion-${completions.chosen}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={
          stands
            ? `Lua, evaluated in ${where ?? 'the script'}; Tab completes`
            : 'The script runs; pause it to ask it something'
        }
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          typed(target.value, target.selectionStart ?? target.value.length);
        }}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
