import { useSession } from '../session/session-store.ts';

/** Says that lines may not be those that run. */
export function ChangedTextNote() {
  const changed = useSession((state) => state.changedFiles);
  const isDelivery = useSession((state) => state.debuggee?.kind === 'delivery');
  const [file] = changed;
  if (file === undefined) return null;
  return (
    <span className="debug-changed tone-warn clip" role="status">
      {isDelivery
        ? `${file} is not what was run; its breakpoints are left out`
        : `${file} was changed; restart to run it`}
    </span>
  );
}
