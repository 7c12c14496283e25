import { Timeline } from '../../recording/Timeline.tsx';
import { formatQuantity } from '../../wording/quantities.ts';
import { useSession } from '../session/session-store.ts';
import { RunControls } from './RunControls.tsx';
import { useSeqNow } from './use-seq-now.ts';
import './debug-recording.css';

/** The recording of the run that is being debugged, as far as it has come. */
export function DebuggedRun() {
  const queue = useSession((state) => state.debuggee?.queue ?? '');
  const entries = useSession((state) => state.entries);
  const now = useSeqNow();
  return (
    <div className="recording">
      <section className="section" aria-label="What happened">
        <h3 className="section-title">
          <span className="mono clip" title={queue}>
            {queue}
          </span>
          <small>being debugged, {formatQuantity(entries.length, 'entry', 'entries')}</small>
        </h3>
        <Timeline entries={entries} now={now} />
      </section>
      <RunControls />
    </div>
  );
}
