import { Callout } from '../controls/Callout.tsx';
import { FailureCallout } from '../controls/FailureCallout.tsx';
import { LocationLink } from '../controls/LocationLink.tsx';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { Destination } from './Destination.tsx';
import { EffectiveConfig } from './EffectiveConfig.tsx';
import { RetryTimeline } from './RetryTimeline.tsx';
import { useSimulate } from './simulate-store.ts';

/** The answer to the form's question. */
export function SimulateResult() {
  const simulation = useSimulate((state) => state.simulation);
  const problem = useSimulate((state) => state.problem);
  const queue = useSimulate((state) => state.queue);
  const hasPolicy = useWorkspace((state) => state.policy.state !== 'none');
  if (!hasPolicy) {
    return (
      <p className="empty">
        This folder has no policy yet. Create init.lua to see where its messages go.
      </p>
    );
  }
  if (problem !== undefined) {
    return (
      <div className="simulate-callout">
        <Callout tone="fail" shape="failed" title="No answer">
          {problem}
        </Callout>
      </div>
    );
  }
  if (!simulation) {
    return queue === '' ? (
      <p className="empty">Enter a domain or a queue name to see where its messages go.</p>
    ) : null;
  }
  const { resolution, loadFailure, retry, entries } = simulation;
  const failure = loadFailure ?? resolution.error;
  const warnings = entries.filter((entry) => entry.kind === 'warning');
  return (
    <div aria-live="polite">
      {failure && (
        <div className="simulate-callout">
          <FailureCallout
            title={loadFailure ? 'The policy does not load' : 'get_queue_config fails'}
            failure={failure}
          />
        </div>
      )}
      <Destination resolution={resolution} />
      {warnings.map((warning) => (
        <div className="simulate-callout" key={warning.seq}>
          <Callout tone="warn" shape="failed" title="Worth a look">
            <p>
              {warning.text} {warning.location && <LocationLink location={warning.location} />}
            </p>
          </Callout>
        </div>
      ))}
      {retry && <RetryTimeline schedule={retry} />}
      <EffectiveConfig resolution={resolution} />
    </div>
  );
}
