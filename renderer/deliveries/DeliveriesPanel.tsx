import { useSyncExternalStore } from 'react';
import { formatMicroseconds } from '../wording/quantities.ts';
import { changeFilter, deliveryWindow, useDeliveries } from './deliveries-store.ts';
import { DeliveryTable } from './DeliveryTable.tsx';
import { VerdictChips } from './VerdictChips.tsx';
import './deliveries.css';

function Empty({ filtered }: { readonly filtered: boolean }) {
  return (
    <div className="empty">
      {filtered ? (
        <>
          <p>No delivery matches the filter.</p>
          <button
            type="button"
            className="button"
            onClick={() => changeFilter({ text: '', verdicts: [] })}
          >
            Show all
          </button>
        </>
      ) : (
        <>
          <p>
            Nothing delivered yet. Press Deliver to send the message on the right through the policy
            to the broker. Each delivery shows here what the script was told, what the broker did
            and what kumod logs.
          </p>
          <span className="key">Ctrl ⏎</span>
        </>
      )}
    </div>
  );
}

/** What is happening: every delivery with its three truths. */
export function DeliveriesPanel() {
  const view = useSyncExternalStore(deliveryWindow.subscribe, deliveryWindow.getView);
  const filter = useDeliveries((state) => state.filter);
  const { counts, matching } = view;
  return (
    <div className="deliveries">
      <div className="deliveries-bar">
        <VerdictChips counts={counts} />
        <input
          className="input plain deliveries-filter"
          type="search"
          aria-label="Filter deliveries by text"
          placeholder="Filter"
          value={filter.text}
          spellCheck={false}
          onChange={(event) => changeFilter({ ...filter, text: event.target.value })}
        />
        {counts.p50Us !== undefined && counts.p99Us !== undefined && (
          <span className="deliveries-latency num" title="Latency of the broker's verdicts">
            p50 {formatMicroseconds(counts.p50Us)} · p99 {formatMicroseconds(counts.p99Us)}
          </span>
        )}
      </div>
      {matching === 0 ? <Empty filtered={counts.total > 0} /> : <DeliveryTable />}
    </div>
  );
}
