import type { BridgeHandlers } from '../../bridge/contract.ts';
import { browseFolder } from '../folder-browser.ts';
import type { HostParts } from '../host-parts.ts';
import { readText, writeText } from '../workspace.ts';

type WorkspaceHandlers = Pick<
  BridgeHandlers,
  Extract<keyof BridgeHandlers, `workspace.${string}` | `samples.${string}` | 'policy.check'>
>;

export function workspaceHandlers(host: HostParts): WorkspaceHandlers {
  const { workspace, samples } = host;
  return {
    'workspace.current': async () => workspace.describe(),
    'workspace.open': ({ path }) => workspace.open(path),
    'workspace.recent': async () => [...host.recentWorkspaces.opened],
    'workspace.browse': ({ path }) => browseFolder(path),
    'workspace.pickFolder': async () => {
      if (!host.pickFolder) return { result: 'unavailable' };
      const path = await host.pickFolder();
      return path === undefined ? { result: 'cancelled' } : { result: 'picked', path };
    },
    'workspace.setPolicy': async ({ path }) => workspace.setPolicy(path),
    'workspace.setTrust': async ({ trust }) => workspace.setTrust(trust),
    'workspace.read': ({ path }) => readText(workspace.root, path),
    'workspace.write': async ({ path, text, version }) => {
      const result = await writeText(workspace.root, path, text, version);
      if (result.result === 'written') await workspace.noteWritten(path, result.file.version);
      return result;
    },
    'samples.list': () => samples.list(),
    'samples.open': async ({ name }) => workspace.open(await samples.copyOf(name)),
    'policy.check': async ({ path, text }) =>
      host.syntax.check(host.settings.get(workspace.root).engine, path, text),
  };
}
