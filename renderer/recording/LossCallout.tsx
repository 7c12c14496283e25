import { useState } from 'react';
import type { CallOutput } from '../../electron/bridge/contract.ts';
import { useBrokers } from '../brokers/brokers-store.ts';
import { declareQueue } from '../brokers/declare-queue.ts';
import { Callout } from '../controls/Callout.tsx';
import { warningWord } from '../deliveries/verdict-words.ts';
import { goToLocation } from '../editor/go-to-location.ts';
import { deliver } from '../simulate/deliver.ts';
import { FaultNote, TurnFaultOff } from './FaultNote.tsx';
import { lostMessage } from './lost-message.ts';

const meanings = {
  'silent-loss': 'kumod logs a Delivery and will never retry, and the broker did not keep it.',
  'possible-loss': 'kumod logs a Delivery, and the broker never said whether it kept it.',
  'possible-duplicate': 'The broker kept the message, and kumod will send it again.',
};

interface LossCalloutProps {
  readonly recording: CallOutput<'deliveries.recording'>;
}

/** Where the truths disagree: what that means and how to mend it. */
export function LossCallout({ recording: { row, entries } }: LossCalloutProps) {
  const [declared, setDeclared] = useState<string>();
  const broker = useBrokers((state) => state.broker);
  if (!row.warning) return null;

  const { fault, missingQueue, location } = lostMessage(entries);
  const said = entries.find((entry) => entry.kind === 'warning' && entry.code === row.warning);
  const embedded = broker?.profiles.find((p) => p.id === broker.active)?.kind === 'embedded';
  const exists = broker?.queues.some((queue) => queue.name === missingQueue) ?? false;
  const canDeclare = embedded && missingQueue !== undefined && !exists && declared === undefined;
  const isFaultOff = fault !== undefined && (broker?.fault ?? '') === '';
  const canRetry = missingQueue !== undefined && (exists || declared !== undefined);

  async function declare(queue: string): Promise<void> {
    if (await declareQueue(queue)) setDeclared(queue);
  }

  return (
    <Callout
      tone={row.warning === 'possible-duplicate' ? 'warn' : 'fail'}
      shape={row.warning === 'silent-loss' ? 'unroutable' : 'failed'}
      title={warningWord(row.warning)}
      actions={
        <>
          {canDeclare && (
            <button type="button" className="button" onClick={() => void declare(missingQueue)}>
              Declare the queue
            </button>
          )}
          <TurnFaultOff fault={fault} />
          {(canRetry || isFaultOff) && (
            <button type="button" className="button" onClick={() => void deliver()}>
              Deliver again
            </button>
          )}
          {location && (
            <button type="button" className="button" onClick={() => void goToLocation(location)}>
              Go to the publish
            </button>
          )}
        </>
      }
    >
      <p>{said?.kind === 'warning' ? said.text : meanings[row.warning]}</p>
      <FaultNote fault={fault} />
      {canRetry && (
        <p>
          The queue <code>{missingQueue}</code> exists now.
        </p>
      )}
    </Callout>
  );
}
