import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { closeRecording } from '../recording/open-recording.ts';
import { notify } from '../shell/notices-store.ts';
import { changeFilter, setPaused, useDeliveries } from './deliveries-store.ts';

/** Forgets all deliveries and their recordings, here and in the host. */
export async function clearDeliveries(): Promise<void> {
  try {
    await workbench.call('deliveries.clear', {});
    setPaused(false);
    useDeliveries.setState({ selected: undefined });
    closeRecording();
    changeFilter(useDeliveries.getState().filter);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
