import type { DeliveryRow } from '../../../electron/bridge/contract.ts';
import { useDeliveries } from '../../deliveries/deliveries-store.ts';
import { useDocuments } from '../../editor/documents-store.ts';
import { saveDocument } from '../../editor/save-document.ts';
import { useRecording } from '../../recording/recording-store.ts';
import { showBottom } from '../../shell/layout-store.ts';
import { notify } from '../../shell/notices-store.ts';
import { refreshRecent } from '../../simulate/deliver.ts';
import { formOf, useSimulate } from '../../simulate/simulate-store.ts';
import { restartSession, startSession } from './session.ts';
import { useSession } from './session-store.ts';

/**
 * Saves what is open: the script runs from the disk, and its lines must be the editor's.
 *
 * @returns the files that could not be saved; their tabs say why
 */
async function saveAll(): Promise<string[]> {
  const dirty = useDocuments.getState().documents.filter((open) => open.dirty);
  await Promise.all(dirty.map(({ path }) => saveDocument(path)));
  return useDocuments
    .getState()
    .documents.filter((open) => open.dirty)
    .map(({ path }) => path);
}

/** Saves; says it when that is not possible. */
async function isAllSaved(): Promise<boolean> {
  const [unsaved] = await saveAll();
  if (unsaved === undefined) return true;
  notify(
    `${unsaved} is not saved, so its lines are not those that would run. Save it first.`,
    'fail',
  );
  return false;
}

/** Runs the same message again, with the texts as they are now. */
export async function debugAgain(): Promise<void> {
  if (await isAllSaved()) await restartSession();
}

/** Delivers the form's message under the debugger. */
export async function debugForm(): Promise<void> {
  const state = useSimulate.getState();
  const form = formOf(state);
  if (useSession.getState().phase === 'starting') return;
  if (form.queue === '') {
    notify('A message needs a queue. Enter a domain or a queue name first.', 'fail');
    return;
  }
  if (state.simulation?.notDeliverable !== undefined) {
    notify(state.simulation.notDeliverable, 'fail');
    return;
  }
  if (!(await isAllSaved())) return;
  showBottom('debugger');
  // Its own recording stands there meanwhile.
  useRecording.setState({ recording: undefined, problem: undefined });
  useDeliveries.setState({ selected: undefined });
  await startSession({ form }, { kind: 'form', queue: form.queue });
  void refreshRecent();
}

/** Opens the recording of a finished delivery in the debugger; nothing is delivered again. */
export async function debugDelivery(row: DeliveryRow): Promise<void> {
  const { id: deliveryId, queue, runId, message } = row;
  showBottom('debugger');
  await startSession({ deliveryId }, { kind: 'delivery', deliveryId, queue, runId, message });
}
