import { LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import type { BrokerPresenceState } from '../../electron/bridge/contract.ts';
import { useBrokers } from '../brokers/brokers-store.ts';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { useDocuments } from '../editor/documents-store.ts';
import { goToLocation } from '../editor/go-to-location.ts';
import { useSettings } from '../settings/settings-store.ts';
import { formatClockTime, formatQuantity } from '../wording/quantities.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { showBottom, showDialog, showSide } from './layout-store.ts';

function PolicyStatus() {
  const policy = useWorkspace((state) => state.policy);
  const { failure } = policy;
  switch (policy.state) {
    case 'loading':
      return <span className="status">Policy loads</span>;
    case 'none':
      return (
        <button
          type="button"
          className="status"
          title="Create init.lua"
          onClick={() => showDialog('new-file')}
        >
          No policy in this folder
        </button>
      );
    case 'loads':
      return (
        <span className="status">
          <span className="verdict tone-ok">
            <VerdictShape shape="acked" />
          </span>
          Policy loads
          {policy.durationMs !== undefined &&
            `, ${policy.durationMs < 1 ? '<1' : Math.round(policy.durationMs)} ms`}
        </span>
      );
    case 'fails':
      return (
        <button
          type="button"
          className="status tone-fail"
          title={failure?.summary}
          onClick={() =>
            failure?.location ? void goToLocation(failure.location) : showBottom('problems')
          }
        >
          <VerdictShape shape="nacked" />
          Policy fails
          {failure?.location && `, ${failure.location.file}:${failure.location.line}`}
        </button>
      );
  }
}

function TrustStatus() {
  const trust = useWorkspace((state) => state.workspace?.trust);
  if (trust === undefined) return null;
  const restricted = trust === 'restricted';
  return (
    <button
      type="button"
      className={restricted ? 'status tone-warn' : 'status'}
      title="What trust allows"
      onClick={() => showDialog('trust')}
    >
      {restricted ? (
        <LockKeyhole size={11} aria-hidden />
      ) : (
        <LockKeyholeOpen size={11} aria-hidden />
      )}
      {restricted ? 'Restricted folder' : 'Trusted folder'}
    </button>
  );
}

function showFaults(): void {
  showSide('brokers');
  requestAnimationFrame(() => document.getElementById('fault-picker')?.focus());
}

function PresenceStatus({ presence }: { readonly presence: BrokerPresenceState }) {
  const isGone = presence.state === 'gone';
  return (
    <button
      type="button"
      className={`status tone-${isGone ? 'fail' : 'ok'}`}
      title={presence.sentence}
      onClick={() => showSide('brokers')}
    >
      <VerdictShape shape={isGone ? 'failed' : 'acked'} />
      {isGone ? 'gone' : 'back'} since {formatClockTime(presence.at).slice(0, 8)}
    </button>
  );
}

function BrokerStatus() {
  const broker = useBrokers((state) => state.broker);
  if (!broker) return null;
  const profile = broker.profiles.find((one) => one.id === broker.active);
  return (
    <>
      <button type="button" className="status" onClick={() => showSide('brokers')}>
        Broker: {profile?.kind === 'embedded' ? 'embedded' : (profile?.name ?? broker.active)}
        {profile?.kind === 'embedded' && `, ${formatQuantity(broker.queues.length, 'queue')}`}
      </button>
      {broker.presence && <PresenceStatus presence={broker.presence} />}
      {broker.fault !== undefined && broker.fault !== '' && (
        <button type="button" className="status tone-fail" onClick={showFaults}>
          <VerdictShape shape="failed" />
          Fault: {broker.fault}
        </button>
      )}
    </>
  );
}

/** What is true now. */
export function StatusBar() {
  const engine = useSettings((state) => state.settings?.engine);
  const about = useSettings((state) => state.about);
  const cursor = useDocuments((state) => state.cursor);
  const active = useDocuments((state) => state.active);
  return (
    <footer className="status-bar">
      <PolicyStatus />
      <TrustStatus />
      <BrokerStatus />
      <span className="status-right">
        {engine && (
          <button
            type="button"
            className={engine === 'fengari' ? 'status tone-warn' : 'status'}
            onClick={() => showDialog('settings')}
          >
            {engine === 'lua54' ? 'Lua 5.4, as kumod' : 'fengari, Lua 5.3'}
          </button>
        )}
        {about && <span className="status status-minor">KumoMTA {about.kumomta}</span>}
        {active !== undefined && cursor && (
          <span className="status num">
            Ln {cursor.line}, Col {cursor.column}
          </span>
        )}
      </span>
    </footer>
  );
}
