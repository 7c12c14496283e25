import { ListPlus } from 'lucide-react';
import { WholeNumberInput } from '../controls/WholeNumberInput.tsx';
import { saveFormAsScenario } from '../scenarios/save-as-scenario.ts';
import { deliverWords } from './deliver-words.ts';
import { cancelRun, deliver } from './deliver.ts';
import { RunProgress } from './RunProgress.tsx';
import { mostMessages, useSimulate } from './simulate-store.ts';

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
      <WholeNumberInput
        // What is half typed belongs to one of the two.
        key={amount}
        aria-label={units[amount]}
        min={1}
        max={isTimed ? mostSeconds : mostMessages}
        value={isTimed ? seconds : count}
        onValue={(value) => useSimulate.setState(isTimed ? { seconds: value } : { count: value })}
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
          <WholeNumberInput
            min={1}
            max={32}
            value={sessions}
            onValue={(value) => useSimulate.setState({ sessions: value })}
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
