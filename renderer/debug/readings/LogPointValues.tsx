import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { LocationLink } from '../../controls/LocationLink.tsx';
import { formatCount, formatQuantity } from '../../wording/quantities.ts';
import { useBreakpoints, type LineBreakpoint } from '../breakpoints/breakpoints-store.ts';
import { seek } from '../session/run-control.ts';
import { useSession } from '../session/session-store.ts';
import { useLogPoints } from './log-points-store.ts';
import { pointValues, type PointValue } from './point-values.ts';

/** As many values stand in the one line. */
const shownInLine = 20;

interface PointProps {
  readonly point: LineBreakpoint;
  readonly passes: number | undefined;
  readonly values: readonly PointValue[];
  readonly problem: string | undefined;
}

function Value({ value }: { readonly value: PointValue }) {
  const { tick, message, text } = value;
  const words = (
    <>
      <span className="clip">{text}</span>
      <span className="faint num">
        {message === undefined ? '' : `message ${formatCount(message)}`}
      </span>
    </>
  );
  if (tick === undefined) return <div className="log-point-value">{words}</div>;
  return (
    <button
      type="button"
      className="log-point-value"
      title={`Go to line ${formatCount(tick)} of the run`}
      onClick={() => void seek(tick)}
    >
      {words}
    </button>
  );
}

function Point({ point, passes, values, problem }: PointProps) {
  const [open, setOpen] = useState(false);
  const line = values
    .slice(0, shownInLine)
    .map(({ text }) => text)
    .join(', ');
  const rest = (passes ?? 0) - values.length;
  return (
    <li>
      <div className="log-point-head">
        <LocationLink location={point} />
        <span className="faint num">
          {passes === undefined ? '' : formatQuantity(passes, 'value')}
        </span>
      </div>
      <button
        type="button"
        className="log-point"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={12} aria-hidden className="value-chevron" />
        <span className="log-point-message clip">{point.logMessage}</span>
        <span className="value-text text">{line}</span>
      </button>
      {problem !== undefined && <p className="stop-detail tone-fail">{problem}</p>}
      {open && (
        <ol aria-label="Values in order">
          {values.map((value, index) => (
            <li key={index}>
              <Value value={value} />
            </li>
          ))}
          {rest > 0 && <li className="log-point-rest faint">{formatCount(rest)} more</li>}
        </ol>
      )}
    </li>
  );
}

/** What each log point says in this run, every time that its line ran. */
export function LogPointValues() {
  const lines = useBreakpoints((state) => state.lines);
  const readings = useLogPoints((state) => state.readings);
  const whole = useLogPoints((state) => state.whole);
  const problem = useLogPoints((state) => state.problem);
  const message = useSession(({ debuggee }) =>
    debuggee?.kind === 'delivery' ? debuggee.message : undefined,
  );
  const points = lines.filter((b) => b.enabled && b.logMessage !== undefined);
  if (points.length === 0) return null;
  return (
    <section aria-label="Log points on this run">
      <h3 className="debug-heading">Log points on this run</h3>
      {problem !== undefined && <p className="stop-detail tone-fail">{problem}</p>}
      <ul>
        {points.map((point) => (
          <Point
            key={point.id}
            point={point}
            {...pointValues(readings.get(point.id), whole.get(point.id), message)}
          />
        ))}
      </ul>
    </section>
  );
}
