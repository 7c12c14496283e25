import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';
import { useDeliveries } from './deliveries-store.ts';

/** Downloads the recordings of all rows that match the filter, one entry a line. */
export async function exportDeliveries(): Promise<void> {
  try {
    const { filter } = useDeliveries.getState();
    const { fileName, text } = await workbench.call('deliveries.export', { filter });
    const url = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
    notify(`Saved as ${fileName} in the downloads folder.`);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
