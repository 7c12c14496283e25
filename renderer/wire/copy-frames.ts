import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { copyText } from '../recording/copy-text.ts';
import { notify } from '../shell/notices-store.ts';
import { formatQuantity } from '../wording/quantities.ts';
import { shownConnection, useWire } from './wire-store.ts';

/** Puts the frames that match into the clipboard, one a line. */
export async function copyFrames(): Promise<void> {
  const state = useWire.getState();
  const connection = shownConnection(state)?.id;
  if (connection === undefined) return;
  try {
    const { filter } = state;
    const { text, frames } = await workbench.call('wire.text', { connection, filter });
    await copyText(text, `The text of ${formatQuantity(frames, 'frame')}`);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
