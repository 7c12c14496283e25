import type { Settings } from '../../electron/bridge/contract.ts';
import { CommitInput } from '../controls/CommitInput.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { EditorSection } from './EditorSection.tsx';
import { EngineSection } from './EngineSection.tsx';
import { EnvironmentSection } from './EnvironmentSection.tsx';
import { changeSettings, useSettings } from './settings-store.ts';
import './settings.css';

const themes: readonly { readonly id: Settings['theme']; readonly name: string }[] = [
  { id: 'system', name: 'As the system' },
  { id: 'dark', name: 'Dark' },
  { id: 'light', name: 'Light' },
  { id: 'high-contrast', name: 'High contrast' },
];

interface NumberSettingProps {
  readonly label: string;
  readonly setting: 'fontSize' | 'deadlineMs' | 'memoryMb';
  readonly min: number;
  readonly max: number;
}

function NumberSetting({ label, setting, min, max }: NumberSettingProps) {
  const value = useSettings((state) => state.settings?.[setting]);
  return (
    <label className="field">
      {label}
      <CommitInput
        type="number"
        min={min}
        max={max}
        step={1}
        required
        value={String(value ?? '')}
        onCommit={(typed) => void changeSettings({ [setting]: Number(typed) })}
      />
    </label>
  );
}

/** Appearance, limits, engine, environment. Every change counts at once. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const theme = useSettings((state) => state.settings?.theme);
  const about = useSettings((state) => state.about);
  return (
    <Dialog title="Settings" className="wide" onClose={onClose}>
      <div className="dialog-body settings">
        <section className="settings-section">
          <h3>Appearance</h3>
          <div className="settings-fields">
            <label className="field">
              Theme
              <select
                className="input"
                value={theme}
                onChange={(event) => {
                  const chosen = themes.find((one) => one.id === event.target.value);
                  if (chosen) void changeSettings({ theme: chosen.id });
                }}
              >
                {themes.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <NumberSetting label="Font size of the editor" setting="fontSize" min={9} max={28} />
          </div>
        </section>
        <EditorSection />
        <section className="settings-section">
          <h3>Limits of a script</h3>
          <div className="settings-fields">
            <NumberSetting
              label="Script time per handler, in milliseconds"
              setting="deadlineMs"
              min={100}
              max={600_000}
            />
            <NumberSetting label="Memory, in megabytes" setting="memoryMb" min={16} max={2048} />
          </div>
        </section>
        <EngineSection />
        <EnvironmentSection />
        {about && (
          <p className="faint settings-about">
            Kumo Policy Workbench {about.version}, semantics of KumoMTA {about.kumomta}
          </p>
        )}
      </div>
    </Dialog>
  );
}
