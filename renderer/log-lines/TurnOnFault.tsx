import { changeBrokers, useBrokers } from '../brokers/brokers-store.ts';

/** Makes the embedded broker do what a line of the log tells; nothing when it does, or is not in use. */
export function TurnOnFault({ fault }: { readonly fault: string | undefined }) {
  const broker = useBrokers((state) => state.broker);
  const isEmbedded = broker?.profiles.find(({ id }) => id === broker.active)?.kind === 'embedded';
  if (fault === undefined || !isEmbedded || broker.fault === fault) return null;
  return (
    <button
      type="button"
      className="button"
      onClick={() => void changeBrokers('brokers.setFault', { fault }, { fault })}
    >
      Turn on {fault}
    </button>
  );
}
