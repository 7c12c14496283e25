import type { BridgeHandlers } from '../../bridge/contract.ts';
import { ENGINE_DIFFERENCES } from '../../../lua-runtime/vm/engine-differences.ts';
import { KUMOMTA_VERSION } from '../../../lua-runtime/kumo/install-kumo.ts';
import type { HostParts } from '../host-parts.ts';
import { productVersion } from '../shipped-files.ts';

type SettingsHandlers = Pick<
  BridgeHandlers,
  Extract<keyof BridgeHandlers, `settings.${string}` | 'about.get'>
>;

/** A change of these needs a fresh context. */
const POLICY_SETTINGS = ['engine', 'deadlineMs', 'memoryMb', 'environment'] as const;

export function settingsHandlers(host: HostParts): SettingsHandlers {
  const { settings, workspace, events } = host;
  return {
    'settings.get': async () => settings.get(workspace.root),
    'settings.set': async (change) => {
      const now = settings.set(workspace.root, change);
      events.emit('settings', now);
      if (POLICY_SETTINGS.some((name) => change[name] !== undefined)) host.reloadPolicy();
      return now;
    },
    'settings.engineDifferences': async () =>
      ENGINE_DIFFERENCES.map(({ id, title, engine, kumod, here }) => ({
        id,
        title,
        lua54: engine === 'lua54' ? here : kumod,
        fengari: engine === 'fengari' ? here : kumod,
      })),
    'about.get': async () => ({
      version: productVersion(),
      kumomta: KUMOMTA_VERSION,
      shell: host.shell,
    }),
  };
}
