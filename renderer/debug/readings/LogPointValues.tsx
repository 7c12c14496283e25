import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { LogPointReading } from '../../../electron/bridge/debug.ts';
import { LocationLink } from '../../controls/LocationLink.tsx';
import { formatCount, formatQuantity } from '../../wording/quantities.ts';
import { useBreakpoints, type LineBreakpoint } from '../breakpoints/breakpoints-store.ts';
import { seek } from '../session/run-control.ts';
import { useLogPoints } from './log-points-store.ts';

/** As many values stand in the one line. */
const shownInLine = 20;

interface PointProps {
  readonly point: LineBreakpoint;
  readonly reading: LogPointReading | undefined;
}

function Values({ reading }: { readonly reading: LogPointReading }) {
  const rest = reading.passes - reading.values.length;
  return (
    <ol className="log-point-values" aria-label="Values in order">
      {reading.values.map(({ tick, message, text }, index) => (
        <li key={index}>
          <button
            type="button"
            className="log-point-value"
            title={`Go to line ${formatCount(tick)} of the run`}
            onClick={() => void seek(tick)}
          >
            <span className="clip">{text}</span>
            <span className="faint num">
              {message === undefined ? '' : `message ${formatCount(message)}`}
            </span>
          </button>
        </li>
      ))}
      {rest > 0 && <li className="log-point-rest faint">{formatCount(rest)} more</li>}
    </ol>
  );
}

function Point({ point, reading }: PointProps) {
  const [open, setOpen] = useState(false);
  const values = reading?.values ?? [];
  const line = values
    .slice(0, shownInLine)
    .map(({ text }) => text)
    .join(', ');
  return (
    <li>
      <div className="log-point-head">
        <LocationLink location={point} />
        <span className="faint num">
          {reading === undefined ? '' : formatQuantity(reading.passes, 'value')}
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
      {open && reading && <Values reading={reading} />}
    </li>
  );
}

/** What each log point says in this run, every time that its line ran. */
export function LogPointValues() {
  const lines = useBreakpoints((state) => state.lines);
  const readings = useLogPoints((state) => state.readings);
  const problem = useLogPoints((state) => state.problem);
  const points = lines.filter((b) => b.enabled && b.logMessage !== undefined);
  if (points.length === 0) return null;
  return (
    <section aria-label="Log points on this run">
      <h3 className="debug-heading">Log points on this run</h3>
      {problem !== undefined && <p className="stop-detail tone-fail">{problem}</p>}
      <ul>
        {points.map((point) => (
          <Point key={point.id} point={point} reading={readings.get(point.id)} />
        ))}
      </ul>
    </section>
  );
}
