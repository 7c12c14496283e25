import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { downloadText } from '../controls/download-text.ts';
import { notify } from '../shell/notices-store.ts';
import { useDeliveries } from './deliveries-store.ts';

const types = { jsonl: 'application/jsonl', csv: 'text/csv' };

/**
 * Downloads all rows that match the filter: `jsonl` are their recordings, one entry a line; `csv` the
 * rows themselves.
 */
export async function exportDeliveries(format: keyof typeof types): Promise<void> {
  try {
    const { filter } = useDeliveries.getState();
    const { fileName, text } = await workbench.call('deliveries.export', { filter, format });
    downloadText(fileName, text, types[format]);
    notify(`Saved as ${fileName} in the downloads folder.`);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
