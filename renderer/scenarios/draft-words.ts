/** What a scenario that is saved will hold, in words. Pure. */
import type { DialectChoice, ScenarioDraft } from '../../electron/bridge/contract.ts';
import { formatCount, formatQuantity } from '../wording/quantities.ts';

export interface DraftLine {
  readonly title: string;
  readonly words: string;
}

const namesShown = 6;

/** In the order in which a person asks. */
export function draftLines(
  draft: ScenarioDraft,
  from: 'form' | 'delivery',
  dialects: readonly DialectChoice[],
): DraftLine[] {
  const expected = {
    title: 'Expects',
    words:
      from === 'form'
        ? 'where the queue goes now; add to it in the file'
        : 'what happened: what was published, what the broker did, what kumod logs',
  };
  if (draft.kind === 'resolve') {
    const words = `where ${draft.queue} goes: such a queue is not delivered here`;
    return [{ title: 'Asks', words }, expected];
  }
  return [
    { title: 'Delivers', words: amountWords(draft) },
    { title: 'Broker', words: brokerWords(draft, dialects) },
    ...(draft.broker === undefined ? [{ title: 'Declares', words: declaresWords(draft) }] : []),
    ...(draft.confirms === undefined
      ? []
      : [{ title: 'Script sees', words: confirmWords[draft.confirms] }]),
    expected,
  ];
}

export const confirmWords = {
  broker: 'the broker’s verdict',
  kumod: 'NotRequested, as kumod',
} as const;

function amountWords({ queue, count, sessions }: ScenarioDraft): string {
  const over = sessions === 1 ? '' : ` over ${formatQuantity(sessions, 'session')}`;
  return `${count === 1 ? 'one message' : `${formatCount(count)} messages`} to ${queue}${over}`;
}

function brokerWords(
  { broker, fault, dialect, confirmTimeoutMs }: ScenarioDraft,
  dialects: readonly DialectChoice[],
): string {
  const like = dialects.find(({ name }) => name === dialect)?.title;
  return [
    broker ?? 'an embedded one of its own',
    like === undefined ? undefined : `as ${like}`,
    broker === undefined ? (fault === undefined ? 'no fault' : `fault ${fault}`) : undefined,
    confirmTimeoutMs === undefined ? undefined : `confirms within ${confirmTimeoutMs} ms`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

function declaresWords({ declares: { exchanges, queues, bindings } }: ScenarioDraft): string {
  const parts = [
    ...named('queue', queues),
    ...named('exchange', exchanges),
    ...(bindings === 0 ? [] : [formatQuantity(bindings, 'binding')]),
  ];
  if (parts.length === 0) return 'the queues of definitions.json';
  return `the queues of definitions.json, and ${parts.join(', ')}`;
}

function named(kind: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  if (names.length > namesShown) return [formatQuantity(names.length, kind)];
  return [`${names.length === 1 ? kind : `${kind}s`} ${names.join(', ')}`];
}
