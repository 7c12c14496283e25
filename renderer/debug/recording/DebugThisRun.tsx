import type { DeliveryRow } from '../../../electron/bridge/contract.ts';
import { debugDelivery } from '../session/start-debugging.ts';
import { saveDeliveryAsScenario } from '../../scenarios/save-as-scenario.ts';
import { showBottom } from '../../shell/layout-store.ts';
import { readCoverage } from '../line-coverage/read-coverage.ts';
import { useSession } from '../session/session-store.ts';
import { RunControls } from './RunControls.tsx';
import './debug-recording.css';

/** At the foot of a delivery's recording: steps through it, or opens it for that, or adds it to the coverage. */
export function DebugThisRun({ row }: { readonly row: DeliveryRow }) {
  const isDebugged = useSession(
    ({ phase, debuggee }) =>
      phase !== 'none' && debuggee?.kind === 'delivery' && debuggee.deliveryId === row.id,
  );
  if (isDebugged) return <RunControls />;
  return (
    <section className="recording-run" aria-label="Debug this run">
      <button
        type="button"
        className="button"
        title="Step through what happened; nothing is delivered again"
        onClick={() => void debugDelivery(row)}
      >
        Debug this run
      </button>
      <button
        type="button"
        className="button quiet"
        title="Which lines the run of this delivery has run, beside those of the runs that were read before"
        onClick={() => {
          showBottom('coverage');
          void readCoverage(row.runId);
        }}
      >
        Read coverage
      </button>
      <button
        type="button"
        className="button quiet"
        title="Keeps this message, its broker and faults, and how it ended, in a file beside the policy"
        onClick={() => saveDeliveryAsScenario(row)}
      >
        Save as scenario
      </button>
    </section>
  );
}
