import { formatCount } from '../wording/quantities.ts';
import { cancelRun, deliver } from './deliver.ts';
import { useSimulate } from './simulate-store.ts';

function clamp(typed: string, most: number): number {
  const number = Math.floor(Number(typed));
  return Number.isFinite(number) ? Math.min(Math.max(number, 1), most) : 1;
}

function Progress() {
  const run = useSimulate((state) => state.run);
  if (run?.state !== 'running' || run.total === 1) return null;
  const percent = (run.done / run.total) * 100;
  return (
    <div className="progress">
      <div
        className="progress-bar"
        role="progressbar"
        aria-label="Deliveries done"
        aria-valuemin={0}
        aria-valuemax={run.total}
        aria-valuenow={run.done}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      <span className="num faint">
        {formatCount(run.done)} of {formatCount(run.total)}
      </span>
    </div>
  );
}

/** How many, over how many sessions, and the button. */
export function DeliverRow() {
  const count = useSimulate((state) => state.count);
  const sessions = useSimulate((state) => state.sessions);
  const running = useSimulate((state) => state.run?.state === 'running');
  const refused = useSimulate((state) => state.simulation?.notDeliverable);
  return (
    <div className="deliver">
      <div className="deliver-row">
        <label className="field">
          Messages
          <input
            className="input num"
            type="number"
            min={1}
            max={1_000_000}
            value={count}
            onChange={(e) => useSimulate.setState({ count: clamp(e.target.value, 1_000_000) })}
          />
        </label>
        <label className="field">
          Sessions
          <input
            className="input num"
            type="number"
            min={1}
            max={32}
            value={sessions}
            onChange={(e) => useSimulate.setState({ sessions: clamp(e.target.value, 32) })}
          />
        </label>
        {running ? (
          <button type="button" className="button" onClick={() => void cancelRun()}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            disabled={refused !== undefined}
            onClick={() => void deliver()}
          >
            {count === 1 ? 'Deliver' : `Deliver ${formatCount(count)}`}
          </button>
        )}
      </div>
      <Progress />
      {refused !== undefined && <p className="deliver-refused">{refused}</p>}
    </div>
  );
}
