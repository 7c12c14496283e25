/** Names that the last run published to and the broker lacks: a finding like those of the checks. */
import { workbench } from '../bridge/workbench-bridge.ts';
import { useSimulate } from '../simulate/simulate-store.ts';
import { useProblems } from './problems-store.ts';

/** A queue that is declared, and what its declaration sets off, are one change. */
const settleMs = 250;

async function readMissing(): Promise<void> {
  try {
    const { missing } = await workbench.call('brokers.missing', {});
    useProblems.setState({ missing });
  } catch {
    // The banner of the lost connection says it; the next change asks again.
  }
}

/** Asks when a run has ended, and when the broker has changed while none goes on. */
export function followMissingNames(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void readMissing(), settleMs);
  };
  workbench.on('run', ({ state }) => {
    if (state !== 'running') later();
  });
  workbench.on('broker', () => {
    if (useSimulate.getState().run?.state !== 'running') later();
  });
}
