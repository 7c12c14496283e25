import { useEffect, useState } from 'react';
import type { Topology } from '../../electron/bridge/contract.ts';
import { peekInto, type Peeked } from '../brokers/peek.ts';
import { PeekDialog } from '../brokers/PeekDialog.tsx';
import { useBrokers } from '../brokers/brokers-store.ts';
import { formatCount } from '../wording/quantities.ts';
import { exchangeName } from './exchange-name.ts';
import { MissingNames } from './MissingNames.tsx';
import { RouteForm } from './RouteForm.tsx';
import { readTopology, useTopology } from './topology-store.ts';
import './topology.css';

function Exchanges({ topology: { exchanges, bindings } }: { readonly topology: Topology }) {
  // The exchanges that every broker has say nothing until something is bound to them.
  const shown = exchanges.filter(
    ({ name }) =>
      (name !== '' && !name.startsWith('amq.')) || bindings.some(({ source }) => source === name),
  );
  return (
    <section aria-label="Exchanges">
      <h3 className="section-title">
        Exchanges{' '}
        <small title="Exchanges that every broker has, with nothing bound to them">
          {exchanges.length - shown.length} built in
        </small>
      </h3>
      {shown.length === 0 && (
        <p className="broker-note">Only the default exchange is used: keys name queues.</p>
      )}
      <ul className="topology-list">
        {shown.map(({ name, type, arguments: args }) => (
          <li key={name}>
            <span className="mono">{name}</span> <small>{type}</small>
            {typeof args['alternate-exchange'] === 'string' && (
              <small>, alternate {args['alternate-exchange']}</small>
            )}
            <ul>
              {bindings
                .filter(({ source }) => source === name)
                .map((binding, at) => (
                  <li key={at}>
                    <span className="mono">{binding.routingKey || '(empty key)'}</span>
                    {Object.keys(binding.arguments).length > 0 && (
                      <span className="mono"> {JSON.stringify(binding.arguments)}</span>
                    )}
                    {' → '}
                    {binding.destinationType === 'exchange' && 'exchange '}
                    <span className="mono">{exchangeName(binding.destination)}</span>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Queues({ topology }: { readonly topology: Topology }) {
  const [peeked, setPeeked] = useState<Peeked>();
  return (
    <section aria-label="Queues">
      <h3 className="section-title">
        Queues{' '}
        {topology.source === 'management' && <small>depths are up to 5 s old in RabbitMQ</small>}
      </h3>
      {topology.queues.length === 0 ? (
        <p className="broker-note">No queue yet.</p>
      ) : (
        <table className="topology-queues">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Ready</th>
              <th scope="col">Unacked</th>
              <th scope="col">Consumers</th>
            </tr>
          </thead>
          <tbody>
            {topology.queues.map((queue) => (
              <tr key={queue.name}>
                <td>
                  <button
                    type="button"
                    className="link"
                    title={`Look into ${queue.name}`}
                    onClick={() => void peekInto(queue.name).then(setPeeked)}
                  >
                    {queue.name}
                  </button>
                </td>
                <td className="num">{formatCount(queue.messages)}</td>
                <td className="num">{formatCount(queue.unacknowledged)}</td>
                <td className="num">{formatCount(queue.consumers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {peeked && <PeekDialog peeked={peeked} onClose={() => setPeeked(undefined)} />}
    </section>
  );
}

/** What the active broker holds, what it lacks, and where a message would go in it. */
export function TopologyPanel() {
  const topology = useTopology((state) => state.topology);
  // The embedded broker tells of its changes; another is read when asked, or chosen.
  const broker = useBrokers((state) => state.broker);
  useEffect(() => {
    void readTopology();
  }, [broker]);
  if (!topology) return null;
  if (topology.source === 'none') {
    return <p className="topology-problem">{topology.problem}</p>;
  }
  return (
    <div className="topology">
      <div className="topology-findings">
        <MissingNames missing={topology.missing} embedded={topology.source === 'embedded'} />
        <RouteForm topology={topology} />
      </div>
      <Queues topology={topology} />
      <Exchanges topology={topology} />
    </div>
  );
}
