import { changeBrokers, useBrokers } from '../brokers/brokers-store.ts';

/** Says that a fault of the embedded broker is behind what happened. */
export function FaultNote({ fault }: { readonly fault: string | undefined }) {
  if (fault === undefined) return null;
  return (
    <p>
      The embedded broker had the fault <code>{fault}</code> for this run.
    </p>
  );
}

/** Lets the embedded broker behave again; nothing when the fault is gone already. */
export function TurnFaultOff({ fault }: { readonly fault: string | undefined }) {
  const active = useBrokers((state) => state.broker?.fault ?? '');
  if (fault === undefined || active === '') return null;
  return (
    <button
      type="button"
      className="button"
      onClick={() => void changeBrokers('brokers.setFault', { fault: '' }, { fault: '' })}
    >
      Turn the fault off
    </button>
  );
}
