import type { Entry } from '../../electron/bridge/contract.ts';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { formatSeconds } from '../wording/quantities.ts';

/** When kumod would try again. */
export function NextAttempt({ entries }: { readonly entries: readonly Entry[] }) {
  const record = entries.findLast((entry) => entry.kind === 'record');
  const next = record?.kind === 'record' ? record.next_attempt : undefined;
  if (!next) return null;
  const due = new Date(next.due);
  return (
    <section className="section" aria-label="Next attempt">
      <h3 className="section-title">
        <span className="tone-warn verdict">
          <VerdictShape shape="retry" />
        </span>
        {next.expires ? 'No further attempt' : 'Next attempt'}
        <small>attempt {next.attempt}</small>
      </h3>
      <p className="recording-next">
        {next.expires
          ? 'The next attempt would fall after max_age: kumod logs an Expiration instead.'
          : `In ${formatSeconds(next.delay_seconds)}, at ${due.toLocaleTimeString('en-GB')}. The message stays in its scheduled queue until then.`}
      </p>
    </section>
  );
}
