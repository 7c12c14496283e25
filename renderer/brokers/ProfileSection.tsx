import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { BrokerProfile, ConnectionTest } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { Callout } from '../controls/Callout.tsx';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { showDialog } from '../shell/layout-store.ts';
import { formatCount } from '../wording/quantities.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { ProfileDialog } from './ProfileDialog.tsx';
import { changeBrokers, useBrokers } from './brokers-store.ts';

interface TestResult extends ConnectionTest {
  readonly id: string;
}

function AgreedOn({ broker }: { readonly broker: NonNullable<ConnectionTest['broker']> }) {
  const { product, version, vhost, heartbeatSeconds, frameMaxBytes, tls } = broker;
  const facts = [
    ['Broker', `${product} ${version}`.trim()],
    ['Virtual host', vhost],
    ['Heartbeat', heartbeatSeconds === 0 ? 'none' : `${heartbeatSeconds} s`],
    ['Frame max', `${formatCount(frameMaxBytes)} bytes`],
    ...(tls === undefined ? [] : [['TLS', tls]]),
  ];
  return (
    <dl className="broker-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Profile({
  profile,
  active,
}: {
  readonly profile: BrokerProfile;
  readonly active: boolean;
}) {
  const restricted = useWorkspace((state) => state.workspace?.trust === 'restricted');
  return (
    <label className="broker-profile" data-active={active}>
      <input
        type="radio"
        name="broker-profile"
        checked={active}
        onChange={() => {
          if (restricted && profile.kind !== 'embedded') showDialog('trust');
          else void changeBrokers('brokers.select', { id: profile.id }, { active: profile.id });
        }}
      />
      <span className="clip">{profile.name}</span>
      {profile.address !== undefined && <span className="mono faint">{profile.address}</span>}
    </label>
  );
}

/** Which broker deliveries go to. */
export function ProfileSection() {
  const broker = useBrokers((state) => state.broker);
  const [editing, setEditing] = useState<BrokerProfile | 'new'>();
  const [testing, setTesting] = useState(false);
  const [result, setResult] = useState<TestResult>();
  const active = broker?.profiles.find((profile) => profile.id === broker.active);
  if (!broker || !active) return null;

  async function test(id: string): Promise<void> {
    setTesting(true);
    try {
      setResult({ id, ...(await workbench.call('brokers.test', { id })) });
    } catch (error) {
      setResult({ id, ok: false, explanation: sentenceOf(error) });
    } finally {
      setTesting(false);
    }
  }

  return (
    <section className="section" aria-label="Broker">
      <h3 className="section-title">
        Deliver to
        <button
          type="button"
          className="button quiet icon small broker-add"
          aria-label="Add a broker"
          title="Add a broker"
          onClick={() => setEditing('new')}
        >
          <Plus size={14} aria-hidden />
        </button>
      </h3>
      <div role="radiogroup" aria-label="Active broker">
        {broker.profiles.map((profile) => (
          <Profile key={profile.id} profile={profile} active={profile.id === broker.active} />
        ))}
      </div>
      <div className="callout-actions broker-actions">
        <button
          type="button"
          className="button small"
          disabled={testing}
          onClick={() => void test(active.id)}
        >
          {testing ? 'Connecting' : 'Test connection'}
        </button>
        {active.kind === 'broker' && (
          <>
            <button type="button" className="button small" onClick={() => setEditing(active)}>
              Edit
            </button>
            <button
              type="button"
              className="button quiet icon small"
              aria-label={`Remove ${active.name}`}
              title={`Remove ${active.name}`}
              onClick={() => void changeBrokers('brokers.remove', { id: active.id })}
            >
              <Trash2 size={13} aria-hidden />
            </button>
          </>
        )}
      </div>
      {result?.id === active.id && !testing && (
        <div className="broker-note" role="status">
          <span className={`verdict tone-${result.ok ? 'ok' : 'fail'}`}>
            <VerdictShape shape={result.ok ? 'acked' : 'nacked'} />
          </span>{' '}
          {result.explanation}
          {result.broker && <AgreedOn broker={result.broker} />}
        </div>
      )}
      {broker.presence && (
        <div className="broker-presence">
          <Callout
            tone={broker.presence.state === 'gone' ? 'fail' : 'info'}
            shape={broker.presence.state === 'gone' ? 'failed' : 'acked'}
            title={broker.presence.state === 'gone' ? 'The broker is gone' : 'The broker is back'}
          >
            <p>{broker.presence.sentence}</p>
          </Callout>
        </div>
      )}
      {active.kind === 'as-written' && (
        <p className="broker-note">
          Dials the address that the policy itself names. Be sure that it may receive test messages.
        </p>
      )}
      {editing !== undefined && (
        <ProfileDialog
          profile={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}
