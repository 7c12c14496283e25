import type { CallOutput } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';

export type Peeked = CallOutput<'brokers.peek'> & { readonly queue: string };

/** The next messages of a queue of the active broker; undefined when the person was told why not. */
export async function peekInto(queue: string): Promise<Peeked | undefined> {
  try {
    return { queue, ...(await workbench.call('brokers.peek', { queue, limit: 20 })) };
  } catch (error) {
    notify(sentenceOf(error), 'fail');
    return undefined;
  }
}
