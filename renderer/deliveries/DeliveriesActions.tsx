import type { DeliveryCounts } from '../../electron/bridge/contract.ts';
import { formatMicroseconds } from '../wording/quantities.ts';
import { clearDeliveries } from './clear-deliveries.ts';
import { setPaused, useDeliveries } from './deliveries-store.ts';
import './deliveries-actions.css';

/** Beside the tab of the deliveries. */
export function DeliveriesActions({ counts }: { readonly counts: DeliveryCounts }) {
  const paused = useDeliveries((state) => state.paused);
  return (
    <>
      {counts.p50Us !== undefined && counts.p99Us !== undefined && (
        <span className="deliveries-latency num" title="How long the broker took for its verdicts">
          p50 {formatMicroseconds(counts.p50Us)} · p99 {formatMicroseconds(counts.p99Us)}
        </span>
      )}
      <button
        type="button"
        className="button quiet"
        aria-pressed={paused}
        onClick={() => setPaused(!paused)}
      >
        {paused ? 'Resume' : 'Pause'}
      </button>
      <button type="button" className="button quiet" onClick={() => void clearDeliveries()}>
        Clear
      </button>
    </>
  );
}
