import { useEffect } from 'react';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { CodeText } from '../controls/CodeText.tsx';
import { notify } from '../shell/notices-store.ts';
import { changeSettings, useSettings } from './settings-store.ts';

const engines = [
  { id: 'lua54', title: 'Lua 5.4', note: 'The version that kumod runs.' },
  { id: 'fengari', title: 'fengari', note: 'Lua 5.3 in plain JavaScript, to compare with.' },
] as const;

function Differences() {
  const differences = useSettings((state) => state.differences);
  if (differences.length === 0) return null;
  return (
    <table className="differences">
      <caption>Where fengari differs from kumod</caption>
      <thead>
        <tr>
          <th scope="col">Subject</th>
          <th scope="col">Lua 5.4</th>
          <th scope="col">fengari</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((difference) => (
          <tr key={difference.id}>
            <th scope="row">{difference.title}</th>
            <td>
              <CodeText text={difference.lua54} />
            </td>
            <td>
              <CodeText text={difference.fengari} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which Lua runs the policies, and what differs. */
export function EngineSection() {
  const chosen = useSettings((state) => state.settings?.engine);
  useEffect(() => {
    workbench.call('settings.engineDifferences', {}).then(
      (differences) => useSettings.setState({ differences }),
      (error: unknown) => notify(sentenceOf(error), 'fail'),
    );
  }, []);
  return (
    <section className="settings-section">
      <h3>Engine</h3>
      <div role="radiogroup" aria-label="Engine" className="engines">
        {engines.map((engine) => (
          <label key={engine.id} className="engine" data-active={chosen === engine.id}>
            <input
              type="radio"
              name="engine"
              checked={chosen === engine.id}
              onChange={() => void changeSettings({ engine: engine.id })}
            />
            <span>{engine.title}</span>
            <span className="dim">{engine.note}</span>
          </label>
        ))}
      </div>
      <Differences />
    </section>
  );
}
