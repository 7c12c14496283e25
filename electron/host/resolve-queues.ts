/** One question to a policy without a workbench around it: where do these queues go? */
import { BridgeError } from '../bridge/bridge-error.ts';
import type { QueueResolution } from '../../lua-runtime/recording/entries.ts';
import type { PolicySource } from './policy-source.ts';
import { startPolicyWorker } from './worker/start-policy-worker.ts';
import { PolicyWorkerEnded } from './worker/worker-contract.ts';

/**
 * Resolutions in the order of the names. Throws `failed` with the policy's own error text when it
 * does not load, or with the limit that ended it.
 */
export async function resolveQueues(
  policy: PolicySource,
  queues: readonly string[],
): Promise<QueueResolution[]> {
  const worker = startPolicyWorker({
    ...policy,
    seed: 1,
    handleCall: () => ({
      ok: false,
      error: 'resolving a queue connects to no broker; use deliver for that',
    }),
    onEntries: () => undefined,
  });
  try {
    const loaded = await worker.load();
    if (!loaded.ok) throw new BridgeError('failed', loaded.failure.text);
    return await worker.resolve(queues, { record: false });
  } catch (error) {
    if (error instanceof PolicyWorkerEnded) throw new BridgeError('failed', error.message);
    throw error;
  } finally {
    await worker.terminate();
  }
}
