import { useState, type SubmitEvent } from 'react';
import type { BrokerProfile } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { useBrokers } from './brokers-store.ts';

interface ProfileDialogProps {
  /** Absent: a new one. */
  readonly profile: BrokerProfile | undefined;
  readonly onClose: () => void;
}

/** A broker by its URL. */
export function ProfileDialog({ profile, onClose }: ProfileDialogProps) {
  const [name, setName] = useState(profile?.name ?? '');
  const [url, setUrl] = useState(profile?.address ?? '');
  const [problem, setProblem] = useState<string>();

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    try {
      const broker = await workbench.call('brokers.save', {
        ...(profile ? { id: profile.id } : {}),
        name: name.trim() || url,
        url: url.trim(),
        confirms: profile?.confirms ?? 'broker',
        confirmTimeoutMs: profile?.confirmTimeoutMs ?? 5000,
      });
      useBrokers.setState({ broker });
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  return (
    <Dialog
      title={profile ? `Edit ${profile.name}` : 'Add a broker'}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            form="broker-profile"
            className="button primary"
            disabled={url.trim() === ''}
          >
            Save
          </button>
        </>
      }
    >
      <form id="broker-profile" className="dialog-body" onSubmit={(event) => void save(event)}>
        <label className="field">
          URL
          <input
            className="input"
            value={url}
            placeholder="amqp://user:password@localhost:5672/vhost"
            spellCheck={false}
            data-autofocus
            aria-invalid={problem !== undefined}
            onChange={(event) => setUrl(event.target.value)}
          />
        </label>
        <label className="field">
          Name
          <input
            className="input plain"
            value={name}
            placeholder="RabbitMQ for tests"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <p className="dialog-text">
          A password in the URL is kept apart from the profile and is not shown again.
        </p>
        {problem !== undefined && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
