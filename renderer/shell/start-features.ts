import { followBrokers } from '../brokers/brokers-store.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { followConsole } from '../console/console-store.ts';
import { startDebugFeature } from '../debug/start-debug-feature.ts';
import { followDeliveries } from '../deliveries/deliveries-store.ts';
import { useDocuments } from '../editor/documents-store.ts';
import { startLanguageFeatures } from '../language/start-language.ts';
import { checkPolicyWhileTyping, forgetText } from '../problems/check-policy.ts';
import { checkSyntaxWhileTyping, forgetSyntax } from '../problems/check-syntax.ts';
import { followMissingNames } from '../problems/missing-names.ts';
import { followScenarios } from '../scenarios/follow-scenarios.ts';
import { followSettings } from '../settings/settings-store.ts';
import { beginWithRecent } from '../simulate/begin-with-recent.ts';
import { followRuns } from '../simulate/deliver.ts';
import { simulateWhileTyping } from '../simulate/simulate-while-typing.ts';
import { followWorkspace } from '../workspace/follow-workspace.ts';
import { rememberOpenTabs } from '../workspace/open-tabs.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { useLayout } from './layout-store.ts';
import { listenForShortcuts } from './shortcuts.ts';

function rememberTabsOnChange(): void {
  useDocuments.subscribe((state, before) => {
    if (state.documents === before.documents && state.active === before.active) return;
    const paths = state.documents.filter((open) => !open.recorded).map((open) => open.path);
    if (state.documents !== before.documents) {
      forgetSyntax(paths);
      for (const { path } of before.documents) if (!paths.includes(path)) forgetText(path);
    }
    const root = useWorkspace.getState().workspace?.root;
    if (root === undefined || paths.length === 0) return;
    rememberOpenTabs(root, { paths, ...(state.active ? { active: state.active } : {}) });
  });
}

/** Everything that may wait until the editor shows the policy's text. */
export function startFeatures(): void {
  workbench.onConnection((connected) => useLayout.setState({ connected }));
  listenForShortcuts();
  rememberTabsOnChange();
  followSettings();
  followWorkspace();
  followBrokers();
  followRuns();
  followDeliveries();
  followConsole();
  followScenarios();
  startDebugFeature();
  checkSyntaxWhileTyping();
  checkPolicyWhileTyping();
  followMissingNames();
  startLanguageFeatures();
  void beginWithRecent().finally(simulateWhileTyping);
}
