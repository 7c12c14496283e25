/** Asks the debugged script to stand still. */
import { sentenceOf } from '../../bridge/workbench-bridge.ts';
import { notify } from '../../shell/notices-store.ts';
import { currentClient } from './current-client.ts';
import type { DapClient } from './dap-client.ts';

/** Says it when the script cannot. One that is inside a pattern hears it only afterwards. */
export async function requestPause(client: DapClient, threadId = 1): Promise<void> {
  try {
    await client.request('pause', { threadId });
  } catch (error) {
    if (client === currentClient()) notify(sentenceOf(error), 'fail');
  }
}
