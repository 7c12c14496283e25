import { Dialog } from '../controls/Dialog.tsx';
import { formatBytes } from '../wording/quantities.ts';
import type { Peeked } from './peek.ts';
import './brokers.css';

interface PeekDialogProps {
  readonly peeked: Peeked;
  readonly onClose: () => void;
}

/** The next messages of a queue, which stay in it. */
export function PeekDialog({ peeked, onClose }: PeekDialogProps) {
  const { queue, messages, marksRedelivered } = peeked;
  return (
    <Dialog title={`Next messages in ${queue}`} className="wide" onClose={onClose}>
      <div className="dialog-body">
        {marksRedelivered && messages.length > 0 && (
          <p className="dialog-text">
            They are still in the queue. RabbitMQ took them out and put them back, and marks them as
            redelivered from now on.
          </p>
        )}
        {messages.length === 0 && <p className="dialog-text">The queue is empty.</p>}
        {messages.map((message, index) => (
          <article key={index} className="peeked">
            <p className="dialog-text">
              {message.exchange === '' ? 'default exchange' : message.exchange}, key{' '}
              <code>{message.routingKey}</code>, {formatBytes(message.size)}
              {message.redelivered && ', redelivered'}
            </p>
            <pre tabIndex={0}>{message.text}</pre>
          </article>
        ))}
      </div>
    </Dialog>
  );
}
