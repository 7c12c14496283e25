import { useSyncExternalStore } from 'react';
import { changeFilter, deliveryWindow, useDeliveries } from './deliveries-store.ts';
import { Menu } from '../controls/Menu.tsx';
import { CaptureMenu } from './CaptureMenu.tsx';
import { DeliveryTable } from './DeliveryTable.tsx';
import { exportDeliveries } from './export-deliveries.ts';
import { GoTo } from './GoTo.tsx';
import { LiveCharts } from './live/LiveCharts.tsx';
import { VerdictChips } from './VerdictChips.tsx';
import '../controls/filter-bar.css';
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
  const charts = useDeliveries((state) => state.view === 'charts');
  const { counts, matching } = view;
  return (
    <div className="deliveries">
      <div className="filter-bar">
        <VerdictChips counts={counts} />
        {charts || (
          <input
            className="input plain filter-bar-text"
            type="search"
            aria-label="Filter deliveries by text"
            placeholder="Filter"
            value={filter.text}
            spellCheck={false}
            onChange={(event) => changeFilter({ ...filter, text: event.target.value })}
          />
        )}
        {charts ? <CaptureMenu notRecorded={counts.notRecorded} /> : <GoTo />}
        <button
          type="button"
          className="button quiet"
          aria-pressed={charts}
          onClick={() => useDeliveries.setState({ view: charts ? 'table' : 'charts' })}
        >
          Charts
        </button>
        <Menu
          button="Export"
          label="Export the deliveries that are shown"
          items={[
            {
              id: 'jsonl',
              label: 'Recordings as JSON lines',
              onChoose: () => void exportDeliveries('jsonl'),
            },
            { id: 'csv', label: 'Table as CSV', onChoose: () => void exportDeliveries('csv') },
          ]}
        />
      </div>
      {charts ? (
        <LiveCharts total={counts.total} />
      ) : matching === 0 ? (
        <Empty filtered={counts.total > 0} />
      ) : (
        <DeliveryTable />
      )}
    </div>
  );
}
