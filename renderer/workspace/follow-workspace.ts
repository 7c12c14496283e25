import type { Workspace } from '../../electron/bridge/contract.ts';
import { firstCalls } from '../bridge/first-calls.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { emptyConsole } from '../console/console-store.ts';
import { clearDeliveries } from '../deliveries/clear-deliveries.ts';
import { disposeAllModels } from '../editor/document-models.ts';
import { useDocuments } from '../editor/documents-store.ts';
import { addDocument, askToShow, openDocument } from '../editor/open-document.ts';
import { loadUnsaved, unsavedPaths } from '../editor/unsaved-cache.ts';
import { showAnswer } from '../shell/layout-store.ts';
import { notify, useNotices } from '../shell/notices-store.ts';
import { useProblems } from '../problems/problems-store.ts';
import { readOpenTabs } from './open-tabs.ts';
import { useWorkspace } from './workspace-store.ts';

/** Answers may come when another folder is open already. */
function isOpen({ root }: Workspace): boolean {
  return useWorkspace.getState().workspace?.root === root;
}

/** Opens the tabs of the last time and those with unsaved text, beside what is already open. */
async function restoreTabs(workspace: Workspace, isUndisturbed: () => boolean): Promise<void> {
  const remembered = readOpenTabs(workspace.root);
  const files = new Set(workspace.files.map((file) => file.path));
  const paths = [...new Set([...(remembered?.paths ?? []), ...unsavedPaths()])];
  for (const path of paths) {
    if (!files.has(path)) continue;
    const file = await workbench.call('workspace.read', { path }).catch(() => undefined);
    if (!isOpen(workspace)) return;
    if (file) addDocument(file);
  }
  if (remembered?.active && files.has(remembered.active)) {
    await openDocument(remembered.active, isUndisturbed);
  }
}

/** Shows a workspace that the host has opened; another root closes what was open. */
export async function showWorkspace(workspace: Workspace): Promise<void> {
  const before = useWorkspace.getState().workspace;
  if (before?.root === workspace.root) {
    useWorkspace.setState({ workspace });
    return;
  }
  useDocuments.setState({
    documents: [],
    active: undefined,
    isBeginning: true,
    cursor: undefined,
  });
  disposeAllModels();
  useProblems.setState({ syntax: {}, findings: {} });
  useNotices.setState({ notices: [] });
  showAnswer('simulate');
  // Lines of one folder's recordings mean nothing in another folder's files.
  if (before !== undefined) void clearDeliveries();
  emptyConsole();
  useWorkspace.setState({ workspace, policy: { state: 'loading', handlers: [] } });
  // What a person opens while the first files are read stays in front.
  const isUndisturbed = askToShow();
  await loadUnsaved();
  if (workspace.policyFile !== '') await openDocument(workspace.policyFile, isUndisturbed);
  await restoreTabs(workspace, isUndisturbed);
  if (!isOpen(workspace)) return;
  useDocuments.setState({ isBeginning: false });
  const policy = await workbench.call('policy.state', {});
  useWorkspace.setState({ policy });
}

/** The first workspace: the policy's text first, everything else after it is on the screen. */
export async function showFirstWorkspace(): Promise<void> {
  const isUndisturbed = askToShow();
  try {
    const workspace = await firstCalls.workspace;
    useWorkspace.setState({ workspace });
    const [file] = await Promise.all([firstCalls.policyFile, loadUnsaved()]);
    if (file) {
      addDocument(file);
      if (isUndisturbed()) useDocuments.setState({ active: file.path });
    }
    await restoreTabs(workspace, isUndisturbed);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  } finally {
    useDocuments.setState({ isBeginning: false });
  }
}

/** Keeps the workspace and the policy's state in step with the host. */
export function followWorkspace(): void {
  workbench.on('workspace', (workspace) => void showWorkspace(workspace));
  workbench.on('policy', (policy) => useWorkspace.setState({ policy }));
  workbench.call('policy.state', {}).then(
    (policy) => useWorkspace.setState({ policy }),
    (error: unknown) => notify(sentenceOf(error), 'fail'),
  );
}
