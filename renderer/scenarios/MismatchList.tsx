import type { ScenarioProgress } from '../../electron/bridge/contract.ts';
import { LocationLink } from '../controls/LocationLink.tsx';
import { openRecording } from '../recording/open-recording.ts';
import { formatQuantity } from '../wording/quantities.ts';

/** What was expected and what was, with the ways to the line and to the recording. */
export function MismatchList({ progress }: { readonly progress: ScenarioProgress }) {
  const { mismatches = [], deliveryId, name } = progress;
  return (
    <div className="scenario-failure">
      <ul aria-label={`Not met by ${name}`}>
        {mismatches.map(({ key, expected, actual, location, times }) => (
          <li key={key}>
            <span className="scenario-key">
              <span className="mono">{key}</span>
              {location && <LocationLink location={location} />}
            </span>
            <dl>
              <dt>expected</dt>
              <dd className="mono">{expected}</dd>
              <dt>got</dt>
              <dd className="mono">{actual}</dd>
            </dl>
            {times > 1 && <span className="faint">in {formatQuantity(times, 'message')}</span>}
          </li>
        ))}
      </ul>
      {deliveryId !== undefined && (
        <button type="button" className="button" onClick={() => void openRecording(deliveryId)}>
          Open the recording
        </button>
      )}
    </div>
  );
}
