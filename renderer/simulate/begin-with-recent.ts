import { workbench } from '../bridge/workbench-bridge.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { editQueueName } from './edit-queue-name.ts';
import { fillForm, useSimulate } from './simulate-store.ts';

/** The form begins with the last question of the workspace; in a sample with the one it is about. */
async function fillFromRecent(): Promise<void> {
  const recent = await workbench.call('runs.recentForms', {});
  useSimulate.setState({ recent });
  const [last] = recent;
  if (!last) return;
  fillForm(last);
  editQueueName(last.queue);
}

/** Fills the form now and whenever another workspace is opened. */
export async function beginWithRecent(): Promise<void> {
  useWorkspace.subscribe((state, before) => {
    if (before.workspace && state.workspace?.root !== before.workspace.root) {
      fillFromRecent().catch(() => undefined);
    }
  });
  // Without an answer the form keeps what it begins with.
  await fillFromRecent().catch(() => undefined);
}
