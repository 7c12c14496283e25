import type { DapSession } from './dap-session.ts';

/** Tells a client that shows progress of something that may take a while. */
export async function withProgress<T>(
  session: DapSession,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!session.client.showsProgress) return work();
  const progressId = `progress-${++session.progresses}`;
  session.outbox.event('progressStart', { progressId, title });
  try {
    return await work();
  } finally {
    session.outbox.event('progressEnd', { progressId });
  }
}
