import { useProfile } from './profile-store.ts';
import { readProfile } from './read-profile.ts';

/** Reads another run's profile. */
export function ProfileActions() {
  const profile = useProfile((state) => state.profile);
  const reading = useProfile((state) => state.reading);
  const problem = useProfile((state) => state.problem);
  if (!profile) return null;
  return (
    <>
      {problem !== undefined && (
        <span className="tone-fail clip tabs-problem" title={problem}>
          {problem}
        </span>
      )}
      <button
        type="button"
        className="button quiet"
        aria-disabled={reading}
        onClick={() => void readProfile()}
      >
        {reading ? 'Reading' : 'Read newest run'}
      </button>
    </>
  );
}
