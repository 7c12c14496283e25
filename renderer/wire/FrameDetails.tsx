import { X } from 'lucide-react';
import type { WireFrameRow } from '../../electron/bridge/contract.ts';
import { formatBytes } from '../wording/quantities.ts';
import { useWire } from './wire-store.ts';

/** Everything that one frame says. */
export function FrameDetails({ frame }: { readonly frame: WireFrameRow }) {
  return (
    <section className="wire-details" aria-label={`Frame ${frame.number}, ${frame.name}`}>
      <h3 className="section-title">
        <span className="mono clip">{frame.name}</span>
        <small>
          {frame.direction}, no. {frame.number}
          {frame.size > 0 && `, ${formatBytes(frame.size)}`}
        </small>
        <button
          type="button"
          className="button quiet icon small"
          aria-label="Close the frame"
          title="Close (Escape in the table)"
          onClick={() => useWire.setState({ selected: undefined })}
        >
          <X size={12} aria-hidden />
        </button>
      </h3>
      {frame.fields.length === 0 ? (
        <p className="dim">It carries nothing else.</p>
      ) : (
        <dl>
          {frame.fields.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
