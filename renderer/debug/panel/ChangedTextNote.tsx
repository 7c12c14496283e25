import { useSession } from '../session/session-store.ts';

/** Says that lines may not be those that run. */
export function ChangedTextNote() {
  const changed = useSession((state) => state.changedFiles);
  const isDelivery = useSession((state) => state.debuggee?.kind === 'delivery');
  const [file] = changed;
  if (file === undefined) return null;
  return (
    <span
      className="debug-changed tone-warn clip"
      role="status"
      title={
        isDelivery
          ? 'The file is not what was run. The run’s own text is shown, without breakpoints.'
          : 'The run goes on with the text that it began with. Restart to run the new one.'
      }
    >
      {file} has changed
    </span>
  );
}
