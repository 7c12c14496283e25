import { changeSettings, useSettings } from './settings-store.ts';

interface SwitchProps {
  readonly label: string;
  readonly setting: 'formatOnSave' | 'inlayHints';
}

function Switch({ label, setting }: SwitchProps) {
  const value = useSettings((state) => state.settings?.[setting]);
  return (
    <label className="settings-check">
      <input
        type="checkbox"
        checked={value ?? false}
        onChange={(event) => void changeSettings({ [setting]: event.target.checked })}
      />
      {label}
    </label>
  );
}

/** What the editor does by itself. */
export function EditorSection() {
  return (
    <section className="settings-section">
      <h3>Editor</h3>
      <Switch label="Write Lua in KumoMTA’s style when it is saved" setting="formatOnSave" />
      <Switch label="Show units and names of parameters in the text" setting="inlayHints" />
    </section>
  );
}
