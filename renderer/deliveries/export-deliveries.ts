import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { downloadText } from '../controls/download-text.ts';
import { notify } from '../shell/notices-store.ts';
import { useDeliveries } from './deliveries-store.ts';

/** Downloads the recordings of all rows that match the filter, one entry a line. */
export async function exportDeliveries(): Promise<void> {
  try {
    const { filter } = useDeliveries.getState();
    const { fileName, text } = await workbench.call('deliveries.export', { filter });
    downloadText(fileName, text, 'application/jsonl');
    notify(`Saved as ${fileName} in the downloads folder.`);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
