import type { BrokerProfile } from '../../electron/bridge/contract.ts';
import { CommitInput } from '../controls/CommitInput.tsx';
import { changeBrokers, useBrokers } from './brokers-store.ts';
import { ConfirmsSelect } from './ConfirmsSelect.tsx';

/** What the script sees of a confirm, and how long one is awaited. */
export function ConfirmSection() {
  const profile = useBrokers((state) =>
    state.broker?.profiles.find((one) => one.id === state.broker?.active),
  );
  if (!profile) return null;

  function configure(change: Partial<Pick<BrokerProfile, 'confirms' | 'confirmTimeoutMs'>>): void {
    if (!profile) return;
    const { id, confirms, confirmTimeoutMs } = profile;
    void changeBrokers('brokers.configure', { id, confirms, confirmTimeoutMs, ...change });
  }

  return (
    <section className="section" aria-label="Confirms">
      <h3 className="section-title">Confirms</h3>
      <div className="broker-fields">
        <ConfirmsSelect value={profile.confirms} onChange={(confirms) => configure({ confirms })} />
        <label className="field">
          Awaited for, in milliseconds
          <CommitInput
            type="number"
            min={100}
            max={600_000}
            value={String(profile.confirmTimeoutMs)}
            onCommit={(typed) => configure({ confirmTimeoutMs: Number(typed) })}
          />
        </label>
      </div>
      <p className="broker-note">
        kumod never asks the broker for confirms. The workbench always does, so the table shows what
        the broker did either way.
      </p>
    </section>
  );
}
