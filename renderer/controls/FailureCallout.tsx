import type { PolicyFailure } from '../../electron/bridge/contract.ts';
import { Callout } from './Callout.tsx';
import { LocationLink } from './LocationLink.tsx';

interface FailureCalloutProps {
  readonly title: string;
  readonly failure: PolicyFailure;
}

/** An error of the policy: what, where, and kumod's own words. */
export function FailureCallout({ title, failure }: FailureCalloutProps) {
  const frames = failure.traceback.filter((frame) => frame.location);
  const [first] = frames;
  const saysNothingNew =
    frames.length === 1 &&
    first?.location?.file === failure.location?.file &&
    first?.location?.line === failure.location?.line;
  return (
    <Callout tone="fail" shape="nacked" title={title}>
      <p>
        {failure.summary} {failure.location && <LocationLink location={failure.location} />}
      </p>
      {frames.length > 0 && !saysNothingNew && (
        <ol className="frames" aria-label="Called from">
          {frames.map((frame, index) => (
            <li key={index}>
              <span className="dim mono clip">{frame.function}</span>
              {frame.location && <LocationLink location={frame.location} />}
            </li>
          ))}
        </ol>
      )}
      {failure.text !== failure.summary && (
        <details>
          <summary>What kumod logs</summary>
          <pre tabIndex={0}>{failure.text}</pre>
        </details>
      )}
    </Callout>
  );
}
