import { X } from 'lucide-react';
import { useState, type SubmitEvent } from 'react';
import { CommitInput } from '../controls/CommitInput.tsx';
import { changeSettings, useSettings } from './settings-store.ts';

/** What `os.getenv` answers in this workspace. */
export function EnvironmentSection() {
  const environment = useSettings((state) => state.settings?.environment) ?? {};
  const [name, setName] = useState('');
  const [value, setValue] = useState('');

  function add(event: SubmitEvent): void {
    event.preventDefault();
    void changeSettings({ environment: { ...environment, [name.trim()]: value } });
    setName('');
    setValue('');
  }
  function remove(gone: string): void {
    const rest = Object.fromEntries(Object.entries(environment).filter(([key]) => key !== gone));
    void changeSettings({ environment: rest });
  }

  return (
    <section className="settings-section">
      <h3>Environment</h3>
      <p className="dialog-text">
        os.getenv answers from this list and from nothing else, in trusted folders.
      </p>
      <ul className="environment">
        {Object.entries(environment).map(([key, current]) => (
          <li key={key} className="environment-row">
            <span className="mono clip">{key}</span>
            <CommitInput
              aria-label={`Value of ${key}`}
              value={current}
              onCommit={(typed) =>
                void changeSettings({ environment: { ...environment, [key]: typed } })
              }
            />
            <button
              type="button"
              className="button quiet icon"
              aria-label={`Remove ${key}`}
              onClick={() => remove(key)}
            >
              <X size={13} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <form className="environment-row" onSubmit={add}>
        <input
          className="input"
          aria-label="Name of a new variable"
          placeholder="NAME"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <input
          className="input"
          aria-label="Value of a new variable"
          placeholder="value"
          spellCheck={false}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <button type="submit" className="button" disabled={name.trim() === ''}>
          Add
        </button>
      </form>
    </section>
  );
}
