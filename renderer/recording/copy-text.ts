import { sentenceOf } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';

/** Puts text into the clipboard and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(`${what} is in the clipboard.`);
  } catch (error) {
    notify(`${what} was not copied: ${sentenceOf(error)}`, 'fail');
  }
}
