import { useState, type SubmitEvent } from 'react';
import { formatCount } from '../wording/quantities.ts';
import { useBrokers } from './brokers-store.ts';
import { declareQueue } from './declare-queue.ts';
import { peekInto, type Peeked } from './peek.ts';
import { PeekDialog } from './PeekDialog.tsx';

/** The embedded broker's queues: what has arrived, and making one. */
export function QueueSection() {
  const queues = useBrokers((state) => state.broker?.queues);
  const active = useBrokers((state) => state.broker?.active);
  const [name, setName] = useState('');
  const [peeked, setPeeked] = useState<Peeked>();

  async function declare(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (await declareQueue(name.trim())) setName('');
  }
  // Those of another broker are in the topology.
  if (active !== 'embedded') return null;
  return (
    <section className="section" aria-label="Queues of the embedded broker">
      <h3 className="section-title">
        Queues <small>embedded broker</small>
      </h3>
      {queues && queues.length > 0 ? (
        <ul className="queues">
          {queues.map((queue) => (
            <li key={queue.name}>
              <button
                type="button"
                title={`Look into ${queue.name}`}
                onClick={() => void peekInto(queue.name).then(setPeeked)}
              >
                <span className="mono clip">{queue.name}</span>
                <span className="num">{formatCount(queue.messages)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="broker-note">
          No queue yet. A message whose routing key names no queue is unroutable.
        </p>
      )}
      <form className="declare" onSubmit={(event) => void declare(event)}>
        <input
          className="input"
          aria-label="Name of the new queue"
          placeholder="queue name"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="button" disabled={name.trim() === ''}>
          Declare
        </button>
      </form>
      {peeked && <PeekDialog peeked={peeked} onClose={() => setPeeked(undefined)} />}
    </section>
  );
}
