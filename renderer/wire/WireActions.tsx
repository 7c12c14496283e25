import { clearFrames, recordFrames, useWire } from './wire-store.ts';

/** Beside the tab. */
export function WireActions() {
  const recording = useWire((state) => state.recording);
  return (
    <>
      <button
        type="button"
        className="button quiet"
        aria-pressed={recording}
        title={
          recording
            ? 'Stop: connections that are dialled from now on are not recorded'
            : 'Record the frames of the connections that are dialled from now on'
        }
        onClick={() => void recordFrames(!recording)}
      >
        Record
      </button>
      <button type="button" className="button quiet" onClick={() => void clearFrames()}>
        Clear
      </button>
    </>
  );
}
