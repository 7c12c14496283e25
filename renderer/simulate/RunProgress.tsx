import { formatCount, formatSeconds } from '../wording/quantities.ts';
import { useSimulate } from './simulate-store.ts';

/** How far a run of many messages is, how fast, and how long it will still take. */
export function RunProgress() {
  const run = useSimulate((state) => state.run);
  if (run?.state !== 'running' || run.total === 1) return null;
  const { done, total, seconds, elapsedMs, perSecond, leftMs } = run;
  const share = seconds === undefined ? done / total : Math.min(elapsedMs / (seconds * 1000), 1);
  const left = leftMs === undefined ? '' : `, ${formatSeconds(Math.ceil(leftMs / 1000))} left`;
  const words =
    seconds === undefined
      ? `${formatCount(done)} of ${formatCount(total)}`
      : `${formatCount(done)} messages`;
  return (
    <div className="progress">
      <div
        className="progress-bar"
        role="progressbar"
        aria-label="Deliveries done"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={`${words}, ${formatCount(Math.round(perSecond))} a second${left}`}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <span className="num faint">
        {words} · {formatCount(Math.round(perSecond))}/s{left}
      </span>
    </div>
  );
}
