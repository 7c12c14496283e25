import { useState, type SubmitEvent } from 'react';
import type { CallOutput } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { notify } from '../shell/notices-store.ts';
import { formatBytes, formatCount } from '../wording/quantities.ts';
import { useBrokers } from './brokers-store.ts';
import { declareQueue } from './declare-queue.ts';

type Peeked = CallOutput<'brokers.peek'>;

function PeekDialog(props: {
  readonly queue: string;
  readonly messages: Peeked;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={`Newest messages in ${props.queue}`} className="wide" onClose={props.onClose}>
      <div className="dialog-body">
        {props.messages.length === 0 && <p className="dialog-text">The queue is empty.</p>}
        {props.messages.map((message, index) => (
          <article key={index} className="peeked">
            <p className="dialog-text">
              {message.exchange === '' ? 'default exchange' : message.exchange}, key{' '}
              <code>{message.routingKey}</code>, {formatBytes(message.size)}
            </p>
            <pre tabIndex={0}>{message.text}</pre>
          </article>
        ))}
      </div>
    </Dialog>
  );
}

/** The embedded broker's queues: what has arrived, and making one. */
export function QueueSection() {
  const queues = useBrokers((state) => state.broker?.queues);
  const [name, setName] = useState('');
  const [peeked, setPeeked] = useState<{ readonly queue: string; readonly messages: Peeked }>();

  async function declare(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (await declareQueue(name.trim())) setName('');
  }
  async function peek(queue: string): Promise<void> {
    try {
      setPeeked({ queue, messages: await workbench.call('brokers.peek', { queue, limit: 20 }) });
    } catch (error) {
      notify(sentenceOf(error), 'fail');
    }
  }

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
                onClick={() => void peek(queue.name)}
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
      {peeked && <PeekDialog {...peeked} onClose={() => setPeeked(undefined)} />}
    </section>
  );
}
