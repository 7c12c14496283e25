import type { DeliveryRow } from '../../../electron/bridge/contract.ts';
import { useDeliveries } from '../../deliveries/deliveries-store.ts';
import { saveAll } from '../../editor/save-all.ts';
import { closeRecording } from '../../recording/open-recording.ts';
import { showBottom } from '../../shell/layout-store.ts';
import { notify } from '../../shell/notices-store.ts';
import { refreshRecent } from '../../simulate/deliver.ts';
import { formOf, useSimulate } from '../../simulate/simulate-store.ts';
import { restartSession, startSession } from './session.ts';
import { useSession } from './session-store.ts';

/** Runs the same message again, with the texts as they are now. */
export async function debugAgain(): Promise<void> {
  if (await saveAll()) await restartSession();
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
  // At once: a tab that the person chooses while the texts are saved must stay.
  showBottom('debugger');
  if (!(await saveAll())) return;
  // Its own recording stands there meanwhile.
  closeRecording();
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
