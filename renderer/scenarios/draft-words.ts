/** What a scenario that is saved will hold, in words. Pure. */
import type { DialectChoice, ScenarioDraft } from '../../electron/bridge/contract.ts';
import { formatQuantity } from '../wording/quantities.ts';
import type { ScenarioToSave } from './scenarios-store.ts';

export interface DraftLine {
  readonly title: string;
  readonly words: string;
}

const namesShown = 6;

/** In the order in which a person asks. */
export function draftLines(
  draft: ScenarioDraft,
  from: ScenarioToSave['from'],
  dialects: readonly DialectChoice[],
): DraftLine[] {
  const expected = { title: 'Expects', words: expectedWords(draft, from) };
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

function expectedWords({ seconds }: ScenarioDraft, from: ScenarioToSave['from']): string {
  if (from.kind === 'form') return 'where the queue goes now; add to it in the file';
  if (from.wholeRun !== true) {
    return 'what happened: what was published, what the broker did, what kumod logs';
  }
  return seconds === undefined
    ? 'as many records, verdicts and losses of each kind as there were'
    : 'the kinds of records, verdicts and losses that there were, and no other';
}

function amountWords({ queue, count, seconds, sessions }: ScenarioDraft): string {
  if (seconds === undefined && count === 1 && sessions === 1) return `one message to ${queue}`;
  const run = runWords({
    messages: count,
    ...(seconds === undefined ? {} : { seconds }),
    sessions,
  });
  return `${run}, to ${queue}`;
}

/** `40 messages over 2 sessions`, `messages for 10 s`. */
export function runWords({
  messages,
  seconds,
  sessions,
}: NonNullable<ScenarioDraft['run']>): string {
  const over = sessions === 1 ? '' : ` over ${formatQuantity(sessions, 'session')}`;
  const many =
    seconds === undefined ? formatQuantity(messages, 'message') : `messages for ${seconds} s`;
  return `${many}${over}`;
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
