import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { useRecording } from '../recording/recording-store.ts';
import { notify } from '../shell/notices-store.ts';
import { changeFilter, setPaused, useDeliveries } from './deliveries-store.ts';

/** Forgets all deliveries and their recordings, here and in the host. */
export async function clearDeliveries(): Promise<void> {
  try {
    await workbench.call('deliveries.clear', {});
    setPaused(false);
    useDeliveries.setState({ selected: undefined });
    useRecording.setState({ recording: undefined, problem: undefined });
    changeFilter(useDeliveries.getState().filter);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
