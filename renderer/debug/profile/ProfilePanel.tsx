import type { Profile } from '../../../electron/bridge/debug.ts';
import { LocationLink } from '../../controls/LocationLink.tsx';
import { formatCount, formatMicroseconds } from '../../wording/quantities.ts';
import { FlameChart } from './FlameChart.tsx';
import { useProfile } from './profile-store.ts';
import { readProfile } from './read-profile.ts';
import '../../controls/figures.css';
import './profile.css';

const kinds = {
  root: 'run',
  event: 'event',
  lua: 'Lua',
  c: 'engine',
  'host-call': 'host call',
} as const;

function Functions({ profile }: { readonly profile: Profile }) {
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">Function</th>
          <th scope="col">Kind</th>
          <th scope="col" className="number">
            Own time
          </th>
          <th scope="col" className="number">
            With callees
          </th>
          <th scope="col" className="number">
            Calls
          </th>
          <th scope="col">Where</th>
        </tr>
      </thead>
      <tbody>
        {profile.functions.map((row, index) => (
          <tr key={index}>
            <th scope="row" className="mono">
              <span className="clip" title={row.name}>
                {row.name}
              </span>
            </th>
            <td className="dim">{kinds[row.kind]}</td>
            <td className="number num">{formatMicroseconds(row.selfUs)}</td>
            <td className="number num">{formatMicroseconds(row.totalUs)}</td>
            <td className="number num">{row.count === 0 ? '' : formatCount(row.count)}</td>
            <td>{row.location && <LocationLink location={row.location} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NoProfile() {
  const reading = useProfile((state) => state.reading);
  const problem = useProfile((state) => state.problem);
  return (
    <div className="empty">
      <p>
        {problem ??
          (reading
            ? 'The run is replayed to measure where its time goes.'
            : 'No profile was read yet. It shows how long each function and host call of a run took; the run is replayed for that, and nothing is delivered.')}
      </p>
      {!reading && (
        <button type="button" className="button" onClick={() => void readProfile()}>
          Read the newest run
        </button>
      )}
    </div>
  );
}

/** Where the time of a run went, as a chart and as a table. */
export function ProfilePanel() {
  const profile = useProfile((state) => state.profile);
  if (!profile) return <NoProfile />;
  return (
    <div className="profile" tabIndex={0} role="region" aria-label="Profile of the run">
      <p className="profile-sum">
        <span className="num">
          {formatMicroseconds(profile.totalUs)} in the script, {formatMicroseconds(profile.hostUs)}{' '}
          in host calls.
        </span>{' '}
        <span className="faint">
          Measured while the run is replayed: good for comparing its parts.{' '}
          {profile.notes?.join(' ')}
        </span>
      </p>
      <FlameChart profile={profile} />
      <Functions profile={profile} />
    </div>
  );
}
