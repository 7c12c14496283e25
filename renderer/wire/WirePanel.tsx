import { useEffect } from 'react';
import { formatQuantity } from '../wording/quantities.ts';
import { copyFrames } from './copy-frames.ts';
import { FrameDetails } from './FrameDetails.tsx';
import { FrameTable } from './FrameTable.tsx';
import { filterFrames, followWire, recordFrames, shownConnection, useWire } from './wire-store.ts';
import { ConnectionSelect } from './ConnectionSelect.tsx';
import '../controls/filter-bar.css';
import './wire.css';

function Empty({ recording }: { readonly recording: boolean }) {
  return (
    <div className="empty">
      {recording ? (
        <p>
          Recording. Deliver a message or test a connection: the frames of every connection that is
          dialled from now on show here.
        </p>
      ) : (
        <>
          <p>
            No frames are recorded. Record, then deliver a message or test a connection, to see what
            really passes between the workbench and the broker, frame by frame. Passwords are never
            recorded.
          </p>
          <button type="button" className="button" onClick={() => void recordFrames(true)}>
            Record
          </button>
        </>
      )}
    </div>
  );
}

function FilterBar() {
  const filter = useWire((state) => state.filter);
  const matching = useWire((state) => state.matching);
  const dropped = useWire((state) => shownConnection(state)?.dropped ?? 0);
  return (
    <div className="filter-bar wire-bar">
      <ConnectionSelect />
      <input
        className="input plain filter-bar-text"
        type="search"
        aria-label="Filter frames by words"
        placeholder="Filter, -heartbeat"
        title="Words that a frame must hold; with a - before: must not hold"
        value={filter.text}
        spellCheck={false}
        onChange={(event) => filterFrames({ text: event.target.value })}
      />
      <select
        className="input"
        aria-label="Direction"
        value={filter.direction}
        onChange={({ target: { value } }) =>
          filterFrames({ direction: value === 'sent' || value === 'received' ? value : 'both' })
        }
      >
        <option value="both">Both ways</option>
        <option value="sent">Sent</option>
        <option value="received">Received</option>
      </select>
      <span className="dim num wire-count" role="status">
        {formatQuantity(matching, 'frame')}
        {dropped > 0 && `, ${formatQuantity(dropped, 'frame')} after the first not kept`}
      </span>
      <button
        type="button"
        className="button quiet"
        disabled={matching === 0}
        title="Copy the frames that match as text, one a line"
        onClick={() => void copyFrames()}
      >
        Copy
      </button>
    </div>
  );
}

/** What really passed on a connection to a broker: its AMQP frames, decoded, in order. */
export function WirePanel() {
  const recording = useWire((state) => state.recording);
  const isEmpty = useWire((state) => state.connections.length === 0);
  const selected = useWire((state) => state.selected);
  const matching = useWire((state) => state.matching);
  useEffect(followWire, []);
  if (isEmpty) return <Empty recording={recording} />;
  return (
    <div className="wire">
      <FilterBar />
      <div className="wire-body">
        {matching === 0 ? <p className="empty">No frame matches the filter.</p> : <FrameTable />}
        {selected && <FrameDetails frame={selected} />}
      </div>
    </div>
  );
}
