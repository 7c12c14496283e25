import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { goToProblem, goToTyped } from './go-to-delivery.ts';

/** Jumps in the table: to a time, to a message, to the next problem. */
export function GoTo() {
  const [text, setText] = useState('');
  return (
    <form
      className="deliveries-go"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void goToTyped(text);
      }}
    >
      <input
        className="input plain"
        aria-label="Go to a time or a message id"
        placeholder="Time or id"
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <button
        type="button"
        className="button quiet small"
        aria-label="Newer problem"
        title="Newer problem (Shift+F8 in the table)"
        onClick={() => goToProblem('newer')}
      >
        <ChevronUp size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="button quiet small"
        aria-label="Older problem"
        title="Older problem (F8 in the table)"
        onClick={() => goToProblem('older')}
      >
        <ChevronDown size={14} aria-hidden />
      </button>
    </form>
  );
}
