import type { ReactNode } from 'react';
import type { QueueResolution, ResolvedProtocol } from '../../electron/bridge/contract.ts';
import { useBrokers } from '../brokers/brokers-store.ts';
import { LocationLink } from '../controls/LocationLink.tsx';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { showSide } from '../shell/layout-store.ts';
import { formatMicroseconds } from '../wording/quantities.ts';

/** Where the message goes, as a headline. */
export function destinationTitle(protocol: ResolvedProtocol): string {
  switch (protocol.kind) {
    case 'custom_lua':
      return `Goes to ${protocol.constructor_event}`;
    case 'smtp':
      return 'Goes out over SMTP';
    case 'maildir':
      return `Goes to the maildir ${protocol.path}`;
    case 'xfer':
      return `Goes to another kumod, ${protocol.target}`;
    case 'null':
      return 'Is removed without a record';
  }
}

function Step({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="path-step">
      <span className="dot" aria-hidden />
      <dt>{name}</dt>
      <dd className="clip">{children}</dd>
    </div>
  );
}

function Code({ children }: { readonly children: string }) {
  return (
    <span className="mono" title={children}>
      {children}
    </span>
  );
}

function Constructor({ protocol }: { readonly protocol: ResolvedProtocol }) {
  if (protocol.kind !== 'custom_lua') return null;
  return (
    <Step name="Constructor">
      {protocol.constructor_location ? (
        <>
          <Code>{protocol.constructor_event}</Code>{' '}
          <LocationLink location={protocol.constructor_location} />
        </>
      ) : (
        <span className="tone-fail">
          no handler is registered for <Code>{protocol.constructor_event}</Code>
        </span>
      )}
    </Step>
  );
}

/** The way of the message, from the handler that answered to the broker. */
export function Destination({ resolution }: { readonly resolution: QueueResolution }) {
  const { protocol, handler, handlers_asked } = resolution;
  const broker = useBrokers((state) =>
    state.broker?.profiles.find((profile) => profile.id === state.broker?.active),
  );
  if (!protocol) return null;
  return (
    <section className="section" aria-label="Where it goes">
      <h3 className="section-title">
        <span className="tone-ok verdict">
          <VerdictShape shape="acked" />
        </span>
        <span className="clip">{destinationTitle(protocol)}</span>
        <small>{formatMicroseconds(resolution.duration_us)}</small>
      </h3>
      <dl className="path">
        <Step name="Handler">
          {handler ? (
            <LocationLink location={handler} />
          ) : handlers_asked === 0 ? (
            <span className="dim">none registered, defaults apply</span>
          ) : (
            <span className="dim">none answered, defaults apply</span>
          )}
        </Step>
        <Step name="Scheduled queue">
          <Code>{resolution.queue}</Code>
        </Step>
        {resolution.ready_queue !== undefined && (
          <Step name="Ready queue">
            <Code>{resolution.ready_queue}</Code>
          </Step>
        )}
        <Constructor protocol={protocol} />
        {protocol.kind === 'custom_lua' && broker && (
          <Step name="Broker">
            <button
              type="button"
              className="link plain"
              title={broker.address}
              onClick={() => showSide('brokers')}
            >
              {broker.name}
            </button>
          </Step>
        )}
      </dl>
    </section>
  );
}
