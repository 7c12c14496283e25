import { useState } from 'react';
import type { BrokerProfile, BrokerState } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { FormDialog } from '../controls/FormDialog.tsx';
import { useBrokers } from './brokers-store.ts';
import { ConfirmsSelect } from './ConfirmsSelect.tsx';
import { fieldsOf, keepsPassword, saveInput, withTls, withUri } from './profile-form.ts';
import type { ProfileFields } from './profile-form.ts';
import { TlsFields } from './TlsFields.tsx';

interface ProfileDialogProps {
  /** Absent: a new one. */
  readonly profile: BrokerProfile | undefined;
  readonly onClose: () => void;
}

const PLACES = {
  system: 'Passwords are sealed by the system’s own store (keychain).',
  file: 'Passwords are kept in a file that only your user can read (secrets.json, mode 0600): this shell has no system store.',
} as const satisfies Record<BrokerState['secretsIn'], string>;

function passwordHint(profile: BrokerProfile | undefined, fields: ProfileFields): string {
  if (profile?.password !== undefined && !keepsPassword(fields, profile)) {
    return 'not kept for another place or user';
  }
  switch (profile?.password) {
    case 'system':
    case 'file':
      return 'kept as it is';
    case 'locked':
      return 'sealed by the desktop application; give it again';
    case undefined:
      return 'guest';
  }
}

/** How to reach a broker, and what the script sees there. */
export function ProfileDialog({ profile, onClose }: ProfileDialogProps) {
  const [fields, setFields] = useState(() => fieldsOf(profile));
  const [problem, setProblem] = useState<string>();
  const secretsIn = useBrokers((state) => state.broker?.secretsIn ?? 'file');

  const set = (change: Partial<ProfileFields>) => setFields((now) => ({ ...now, ...change }));

  async function typeHost(host: string): Promise<void> {
    set({ host });
    if (!host.includes('://')) return;
    try {
      const read = await workbench.call('brokers.readUri', { uri: host });
      setFields((now) => withUri(now, read));
      setProblem(undefined);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  async function save(): Promise<undefined> {
    const broker = await workbench.call('brokers.save', saveInput(fields, profile?.id));
    useBrokers.setState({ broker });
  }

  return (
    <FormDialog
      title={profile ? `Edit ${profile.name}` : 'Add a broker'}
      className="profile-dialog"
      onClose={onClose}
      action="Save"
      ready={fields.host.trim() !== ''}
      problem={problem}
      onProblem={setProblem}
      onSubmit={save}
    >
      <div className="profile-fields">
        <label className="field wide">
          Name
          <input
            className="input plain"
            value={fields.name}
            placeholder="RabbitMQ for tests"
            data-autofocus
            onChange={(event) => set({ name: event.target.value })}
          />
        </label>
        <label className="field wide">
          Host, or a whole AMQP URI
          <input
            className="input"
            value={fields.host}
            placeholder="localhost, or amqps://user@host:5671/vhost"
            spellCheck={false}
            onChange={(event) => void typeHost(event.target.value)}
          />
        </label>
        <label className="field">
          Port
          <input
            className="input"
            type="number"
            min={1}
            max={65_535}
            required
            value={fields.port}
            onChange={(event) => set({ port: event.target.value })}
          />
        </label>
        <label className="field">
          Virtual host
          <input
            className="input"
            value={fields.vhost}
            spellCheck={false}
            onChange={(event) => set({ vhost: event.target.value })}
          />
        </label>
        <label className="field">
          User
          <input
            className="input"
            value={fields.username}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => set({ username: event.target.value })}
          />
        </label>
        <label className="field">
          Password
          <input
            className="input"
            type="password"
            value={fields.password}
            placeholder={passwordHint(profile, fields)}
            autoComplete="new-password"
            onChange={(event) => set({ password: event.target.value })}
          />
        </label>
        <label className="profile-check wide">
          <input
            type="checkbox"
            checked={fields.tls}
            onChange={(event) => setFields((now) => withTls(now, event.target.checked))}
          />
          TLS (amqps)
        </label>
        {fields.tls && <TlsFields fields={fields} onChange={set} />}
        <label className="field">
          Heartbeat, in seconds
          <input
            className="input"
            type="number"
            min={0}
            max={65_535}
            value={fields.heartbeat}
            placeholder="as the broker proposes"
            onChange={(event) => set({ heartbeat: event.target.value })}
          />
        </label>
        <label className="field">
          Confirms awaited for, in milliseconds
          <input
            className="input"
            type="number"
            min={100}
            max={600_000}
            required
            value={fields.confirmTimeoutMs}
            onChange={(event) => set({ confirmTimeoutMs: event.target.value })}
          />
        </label>
        <ConfirmsSelect value={fields.confirms} onChange={(confirms) => set({ confirms })} />
        <label className="field">
          Management URL
          <input
            className="input"
            value={fields.managementUrl}
            placeholder="http://localhost:15672"
            spellCheck={false}
            onChange={(event) => set({ managementUrl: event.target.value })}
          />
        </label>
      </div>
      <p className="dialog-text">
        {PLACES[secretsIn]} They are not shown again, and never in the folder, in recordings or in
        exports.
      </p>
    </FormDialog>
  );
}
