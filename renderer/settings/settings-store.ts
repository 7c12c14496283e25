import { create } from 'zustand';
import type {
  CallInput,
  CallOutput,
  EngineDifference,
  Settings,
} from '../../electron/bridge/contract.ts';
import { firstCalls } from '../bridge/first-calls.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { whenEditorIsThere } from '../editor/code-editor.ts';
import { notify } from '../shell/notices-store.ts';
import { applyTheme } from '../theme/apply-theme.ts';

interface SettingsState {
  readonly settings: Settings | undefined;
  readonly about: CallOutput<'about.get'> | undefined;
  readonly differences: readonly EngineDifference[];
}

export const useSettings = create<SettingsState>()(() => ({
  settings: undefined,
  about: undefined,
  differences: [],
}));

function take(settings: Settings): void {
  useSettings.setState({ settings });
  applyTheme(settings.theme);
  const { fontSize, inlayHints } = settings;
  whenEditorIsThere((editor) => {
    editor.updateOptions({ fontSize, inlayHints: { enabled: inlayHints ? 'on' : 'off' } });
  });
}

/** Changes some settings; the rest stays. */
export async function changeSettings(change: CallInput<'settings.set'>): Promise<void> {
  const before = useSettings.getState().settings;
  // Shown until the host has answered.
  if (before) useSettings.setState({ settings: { ...before, ...change } });
  try {
    take(await workbench.call('settings.set', change));
  } catch (error) {
    useSettings.setState({ settings: before });
    notify(sentenceOf(error), 'fail');
  }
}

/** Keeps the settings in step with the host. */
export function followSettings(): void {
  workbench.on('settings', take);
  firstCalls.settings.then(take, (error: unknown) => notify(sentenceOf(error), 'fail'));
  workbench.call('about.get', {}).then(
    (about) => useSettings.setState({ about }),
    (error: unknown) => notify(sentenceOf(error), 'fail'),
  );
}
