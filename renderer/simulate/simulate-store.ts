import { create } from 'zustand';
import type {
  MessageForm,
  ReadLine,
  RunState,
  Simulation,
} from '../../electron/bridge/contract.ts';
import { rowsOf, metadataOf, type MetadataRow } from './metadata-rows.ts';
import { logRecordKindOf, type LogRecordKind } from './log-record-message.ts';
import type { QueueParts } from './queue-name.ts';

interface SimulateState {
  readonly queue: string;
  readonly parts: QueueParts;
  readonly sender: string;
  readonly recipient: string;
  readonly metadata: readonly MetadataRow[];
  readonly headers: string;
  readonly body: string;
  /** Empty: a new one. */
  readonly id: string;
  /** Attempts before this one. */
  readonly numAttempts: number;
  /** The line of kumod's log that it stands for. */
  readonly line: ReadLine | undefined;
  /** Which log record fills the body, or a message of the person's own. */
  readonly messageKind: 'own' | LogRecordKind;
  /** What ends a run: a number of messages, or a number of seconds. */
  readonly amount: 'messages' | 'seconds';
  readonly count: number;
  readonly seconds: number;
  readonly sessions: number;
  readonly simulation: Simulation | undefined;
  /** Why there is no answer, as a sentence. */
  readonly problem: string | undefined;
  readonly recent: readonly MessageForm[];
  readonly run: RunState | undefined;
}

export const emptyParts: QueueParts = { domain: '', tenant: '', campaign: '', routingDomain: '' };

export const useSimulate = create<SimulateState>()(() => ({
  queue: 'amqp',
  parts: { ...emptyParts, domain: 'amqp' },
  sender: 'sender@example.com',
  recipient: 'recipient@example.com',
  metadata: [],
  headers: 'Subject: Spring offer',
  body: 'Hello from the workbench.\n',
  id: '',
  numAttempts: 0,
  line: undefined,
  messageKind: 'own',
  amount: 'messages',
  count: 1,
  seconds: 10,
  sessions: 1,
  simulation: undefined,
  problem: undefined,
  recent: [],
  run: undefined,
}));

/** The question as the host understands it. */
export function formOf(state: SimulateState): MessageForm {
  const { queue, sender, recipient, headers, body, id, numAttempts } = state;
  return {
    ...{ queue, sender, recipient, headers, body },
    meta: metadataOf(state.metadata),
    ...(id.trim() !== '' && { id }),
    ...(numAttempts > 0 && { numAttempts }),
  };
}

/** As many as the host takes in one run. */
export const mostMessages = 1_000_000;

/** How often or how long the form delivers, as the host understands it. */
export function amountOf({ amount, count, seconds, sessions }: SimulateState): {
  readonly count: number;
  readonly seconds?: number;
  readonly sessions: number;
} {
  return amount === 'messages' ? { count, sessions } : { count: mostMessages, seconds, sessions };
}

/** Puts an earlier question back into the form; its parts follow from the queue name. */
export function fillForm(form: MessageForm): void {
  const { queue, sender, recipient, headers, body } = form;
  useSimulate.setState({
    queue,
    sender,
    recipient,
    headers,
    body,
    metadata: rowsOf(form.meta),
    id: form.id ?? '',
    numAttempts: form.numAttempts ?? 0,
    line: undefined,
    messageKind: logRecordKindOf(body) ?? 'own',
  });
}
