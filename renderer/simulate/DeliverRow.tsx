import { ListPlus } from 'lucide-react';
import { saveFormAsScenario } from '../scenarios/save-as-scenario.ts';
import { deliverWords } from './deliver-words.ts';
import { cancelRun, deliver } from './deliver.ts';
import { RunProgress } from './RunProgress.tsx';
import { mostMessages, useSimulate } from './simulate-store.ts';

function clamp(typed: string, most: number): number {
  const number = Math.floor(Number(typed));
  return Number.isFinite(number) ? Math.min(Math.max(number, 1), most) : 1;
}

const units = { messages: 'Messages', seconds: 'Seconds' } as const;
const mostSeconds = 86_400;

/** What ends the run: after so many messages, or after so long. */
function Amount() {
  const amount = useSimulate((state) => state.amount);
  const count = useSimulate((state) => state.count);
  const seconds = useSimulate((state) => state.seconds);
  const isTimed = amount === 'seconds';
  return (
    <div className="field">
      <select
        className="deliver-unit"
        aria-label="The run ends after"
        value={amount}
        onChange={(e) =>
          useSimulate.setState({ amount: e.target.value === 'seconds' ? 'seconds' : 'messages' })
        }
      >
        {Object.entries(units).map(([unit, name]) => (
          <option key={unit} value={unit}>
            {name}
          </option>
        ))}
      </select>
      <input
        className="input num"
        type="number"
        aria-label={units[amount]}
        min={1}
        max={isTimed ? mostSeconds : mostMessages}
        value={isTimed ? seconds : count}
        onChange={(e) =>
          useSimulate.setState(
            isTimed
              ? { seconds: clamp(e.target.value, mostSeconds) }
              : { count: clamp(e.target.value, mostMessages) },
          )
        }
      />
    </div>
  );
}

/** How many, over how many sessions, and the button. */
export function DeliverRow() {
  const words = useSimulate(deliverWords);
  const sessions = useSimulate((state) => state.sessions);
  const running = useSimulate((state) => state.run?.state === 'running');
  const refused = useSimulate((state) => state.simulation?.notDeliverable);
  return (
    <div className="deliver">
      <div className="deliver-row">
        <Amount />
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
        <button
          type="button"
          className="button quiet icon deliver-save"
          aria-label="Save as scenario"
          title="Save as scenario: this message, the broker and its faults"
          onClick={saveFormAsScenario}
        >
          <ListPlus size={16} aria-hidden />
        </button>
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
            {words}
          </button>
        )}
      </div>
      <RunProgress />
      {refused !== undefined && <p className="deliver-refused">{refused}</p>}
    </div>
  );
}
