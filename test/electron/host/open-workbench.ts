/** A workbench in this process, with a data folder of its own and its events at hand. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventName, EventPayload } from '../../../electron/bridge/contract.ts';
import type { HostEvent } from '../../../electron/host/event-stream.ts';
import { createWorkbench } from '../../../electron/host/workbench.ts';
import type { Workbench } from '../../../electron/host/workbench.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface OpenWorkbench extends Workbench {
  /** The first event of that name that fits, also among those that came already. */
  event<N extends EventName>(
    name: N,
    fits?: (payload: EventPayload<N>) => boolean,
  ): Promise<EventPayload<N>>;
  readonly seen: readonly HostEvent[];
}

/** It is closed when the test is over. */
export async function openWorkbench(options: { open?: string; dataDir?: string } = {}) {
  const dataDir = options.dataDir ?? join(temporaryFolder(), 'data');
  const workbench = await createWorkbench({ shell: 'browser', open: options.open, dataDir });
  onTestFinished(() => workbench.close());
  const seen: HostEvent[] = [];
  const waiting = new Set<() => void>();
  workbench.onEvent((event) => {
    seen.push(event);
    for (const look of waiting) look();
  });
  const event: OpenWorkbench['event'] = (name, fits = () => true) =>
    new Promise((resolve) => {
      const look = () => {
        const found = seen.find(
          (candidate) => candidate.event === name && fits(candidate.payload as never),
        );
        if (!found) return;
        waiting.delete(look);
        resolve(found.payload as never);
      };
      waiting.add(look);
      look();
    });
  return Object.assign(workbench, { event, seen }) satisfies OpenWorkbench;
}
