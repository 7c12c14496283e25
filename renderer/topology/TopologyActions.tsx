import { readTopology, useTopology } from './topology-store.ts';

/** Beside the tab. */
export function TopologyActions() {
  const reading = useTopology((state) => state.reading);
  return (
    <button
      type="button"
      className="button quiet"
      disabled={reading}
      onClick={() => void readTopology()}
    >
      Read again
    </button>
  );
}
