import { Callout } from '../controls/Callout.tsx';
import { FailureCallout } from '../controls/FailureCallout.tsx';
import { LocationLink } from '../controls/LocationLink.tsx';
import { DebuggedRun } from '../debug/recording/DebuggedRun.tsx';
import { DebugThisRun } from '../debug/recording/DebugThisRun.tsx';
import { useSeqNow } from '../debug/recording/use-seq-now.ts';
import { useSession } from '../debug/session/session-store.ts';
import { LoggedComparison } from '../log-lines/LoggedComparison.tsx';
import { formatClockTime, formatQuantity } from '../wording/quantities.ts';
import { FaultNote, TurnFaultOff } from './FaultNote.tsx';
import { faultBehind } from './lost-message.ts';
import { LossCallout } from './LossCallout.tsx';
import { NextAttempt } from './NextAttempt.tsx';
import { useRecording } from './recording-store.ts';
import { Timeline } from './Timeline.tsx';
import { Truths } from './Truths.tsx';
import './recording.css';

/** Everything that happened to one delivery. */
export function RecordingPanel() {
  const recording = useRecording((state) => state.recording);
  const problem = useRecording((state) => state.problem);
  const isReading = useRecording((state) => state.isReading);
  const isDebugged = useSession((state) => state.phase !== 'none');
  const now = useSeqNow(recording?.row.id);
  if (problem !== undefined) {
    return (
      <div className="recording-callout">
        <Callout tone="fail" shape="failed" title="No recording">
          {problem}
        </Callout>
      </div>
    );
  }
  if (isReading) return <p className="empty">Reading the recording …</p>;
  if (!recording && isDebugged) return <DebuggedRun />;
  if (!recording) {
    return (
      <p className="empty">
        Choose a delivery below to see everything that happened to it: handlers, publishes, the
        broker’s verdict, errors, and what kumod logs.
      </p>
    );
  }
  const { row, entries } = recording;
  const explained = entries.findLast(
    (entry) => entry.kind === 'verdict' && entry.verdict !== 'acked' && entry.explanation,
  );
  const fault = faultBehind(entries);
  const failed = entries.find((entry) => entry.kind === 'error');
  const limit = entries.find((entry) => entry.kind === 'limit');
  const tookMs = (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0);
  return (
    <div className="recording" key={row.id}>
      <section className="section" aria-label="The three truths">
        <h3 className="section-title">
          <span className="mono clip" title={row.queue}>
            {row.queue}
          </span>
          <small>
            attempt {row.attempt} · {formatClockTime(row.at)}
          </small>
        </h3>
        <Truths row={row} />
      </section>
      <LoggedComparison recording={recording} />
      {row.warning && (
        <div className="recording-callout">
          <LossCallout recording={recording} />
        </div>
      )}
      {!row.warning && explained?.kind === 'verdict' && (
        <div className="recording-callout">
          <Callout
            tone="info"
            title="What the broker did"
            actions={fault !== undefined && <TurnFaultOff fault={fault} />}
          >
            <p>{explained.explanation}</p>
            <FaultNote fault={fault} />
          </Callout>
        </div>
      )}
      {failed?.kind === 'error' && (
        <div className="recording-callout">
          <FailureCallout title={`Error in ${failed.during}`} failure={failed.failure} />
        </div>
      )}
      {limit?.kind === 'limit' && (
        <div className="recording-callout">
          <Callout tone="fail" shape="failed" title={`Stopped by the ${limit.limit} limit`}>
            <p>
              {limit.text} {limit.location && <LocationLink location={limit.location} />}
            </p>
          </Callout>
        </div>
      )}
      <NextAttempt entries={entries} />
      <section className="section" aria-label="What happened">
        <h3 className="section-title">
          What happened
          <small>
            {formatQuantity(entries.length, 'entry', 'entries')}, {tookMs.toFixed(1)} ms
          </small>
        </h3>
        <Timeline entries={entries} now={now} />
      </section>
      <DebugThisRun row={row} />
    </div>
  );
}
