import { debugForm } from '../session/start-debugging.ts';

/** What the debugger is for, and how to begin. */
export function NothingDebugged() {
  return (
    <div className="empty">
      <p>
        No run is being debugged. Debug delivers the form’s message and stops at breakpoints; click
        beside a line number or press F9 to set one. A delivery that is over can be stepped through
        as well: choose it below Deliveries and press Debug this run.
      </p>
      <span className="callout-actions">
        <button type="button" className="button" onClick={() => void debugForm()}>
          Debug{' '}
          <span className="key" aria-hidden>
            F5
          </span>
        </button>
      </span>
    </div>
  );
}
