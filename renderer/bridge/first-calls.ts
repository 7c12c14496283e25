/**
 * The questions without which the editor cannot show anything. Imported before everything large, so
 * that the host answers while the editor's code is still being evaluated.
 */
import { workbench } from './workbench-bridge.ts';

const workspace = workbench.call('workspace.current', {});

export const firstCalls = {
  workspace,
  /** The policy's text; undefined in a folder without one. */
  policyFile: workspace.then((opened) =>
    opened.policyFile === ''
      ? undefined
      : workbench.call('workspace.read', { path: opened.policyFile }),
  ),
  settings: workbench.call('settings.get', {}),
};
// Both are awaited later; until then a rejection must not count as unhandled.
firstCalls.policyFile.catch(() => undefined);
firstCalls.settings.catch(() => undefined);
