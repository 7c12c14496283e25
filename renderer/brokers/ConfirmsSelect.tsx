import type { BrokerProfile } from '../../electron/bridge/contract.ts';

type Confirms = BrokerProfile['confirms'];

interface ConfirmsSelectProps {
  readonly value: Confirms;
  readonly onChange: (value: Confirms) => void;
}

/** What a script is told of its publishes. */
export function ConfirmsSelect({ value, onChange }: ConfirmsSelectProps) {
  return (
    <label className="field">
      The script sees
      <select
        className="input"
        value={value}
        onChange={(event) => onChange(event.target.value === 'kumod' ? 'kumod' : 'broker')}
      >
        <option value="broker">The broker’s verdict</option>
        <option value="kumod">NotRequested, as kumod</option>
      </select>
    </label>
  );
}
