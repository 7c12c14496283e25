import type { RetrySchedule } from '../../electron/bridge/contract.ts';
import { formatQuantity, formatSeconds } from '../wording/quantities.ts';
import { labelledMarks, retryMarks } from './retry-positions.ts';

const width = 340;
const left = 5;
const right = 318;
const expiryAt = 334;
const labelRoom = 44;
const mostMarks = 200;

/** When kumod tries again while the message keeps failing, until it expires. */
export function RetryTimeline({ schedule }: { readonly schedule: RetrySchedule }) {
  const marks = retryMarks(schedule);
  const x = (position: number): number => left + position * (right - left);
  const expiry = formatSeconds(schedule.expiresAtSeconds);

  const labels = labelledMarks(marks, labelRoom / (right - left));
  const times = marks.map((mark) => `${mark.attempt}: ${formatSeconds(mark.atSeconds)}`).join(', ');

  return (
    <section className="section" aria-label="If it keeps failing">
      <h3 className="section-title">
        If it keeps failing
        <small>{formatQuantity(marks.length, 'attempt')}, then Expiration</small>
      </h3>
      <svg
        className="retry"
        viewBox={`0 0 ${width} 34`}
        role="img"
        aria-label={`Attempts ${times}; expires after ${expiry}`}
      >
        <title>{`Attempts after: ${times}. Expires after ${expiry}.`}</title>
        <path d={`M${left} 24H${expiryAt}`} className="retry-line" />
        {marks.slice(0, mostMarks).map(({ attempt, position }) => (
          <circle key={attempt} cx={x(position)} cy={24} r={3.2} className="retry-attempt" />
        ))}
        <path d={`m${expiryAt - 4} 20 8 8m0-8-8 8`} className="retry-expiry" />
        <text x={0} y={12}>
          now
        </text>
        {labels.map(({ attempt, atSeconds, position }) => (
          <text key={attempt} x={x(position)} y={12} textAnchor="middle">
            {formatSeconds(atSeconds)}
          </text>
        ))}
        <text x={width - 2} y={12} textAnchor="end">
          {expiry}
        </text>
      </svg>
    </section>
  );
}
