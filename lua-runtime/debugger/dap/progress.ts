import type { Cancellation } from '../debug-target.ts';
import type { DapSession } from './dap-session.ts';

/**
 * Tells a client that shows progress of something that may take a while.
 *
 * @param cancellation of the request that waits for it, when that can be cancelled
 */
export async function withProgress<T>(
  session: DapSession,
  title: string,
  work: () => Promise<T>,
  cancellation?: Cancellation,
): Promise<T> {
  if (!session.client.showsProgress) return work();
  const progressId = `progress-${++session.progresses}`;
  const cancellable = cancellation !== undefined;
  const forget = cancellable ? session.cancellations.showAs(progressId, cancellation) : undefined;
  session.outbox.event('progressStart', { progressId, title, ...(cancellable && { cancellable }) });
  try {
    return await work();
  } finally {
    forget?.();
    session.outbox.event('progressEnd', { progressId });
  }
}
