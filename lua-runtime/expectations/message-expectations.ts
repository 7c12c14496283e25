/** What is expected of each message: its record, the broker's verdicts, what was published. */
import type {
  Entry,
  JsonValue,
  PublishEntry,
  SourceLocation,
  Verdict,
  VerdictEntry,
} from '../recording/entries.ts';
import { entriesOfKind } from '../recording/recording-reader.ts';
import type {
  Expectations,
  PublishExpectation,
  RecordExpectation,
  TextExpectation,
  VerdictExpectation,
} from './expectation-contract.ts';
import { countMatches, countWords, jsonMatches, quoted, textMatches } from './expected-text.ts';
import { textWords } from './expected-text.ts';
import type { MismatchList, MismatchPlace } from './mismatch-list.ts';

type Wanted = Pick<Expectations, 'record' | 'verdicts' | 'publishes'>;

/** @param entries of one message, or of a run that delivers none. */
export function judgeMessage(
  { record, verdicts, publishes }: Wanted,
  entries: readonly Entry[],
  found: MismatchList,
): void {
  const message = entries.find((entry) => entry.message !== undefined)?.message;
  if (record !== undefined) {
    judgeRecord(record, entries, found, { message, location: outcomeLocation(entries) });
  }
  const published = entriesOfKind(entries, 'publish');
  if (verdicts !== undefined) {
    judgeVerdicts(verdicts, inPublishOrder(entriesOfKind(entries, 'verdict')), found, (verdict) => {
      const of = published.find(({ publish }) => publish === verdict?.publish) ?? published.at(-1);
      return { message, location: of?.location ?? outcomeLocation(entries) };
    });
  }
  if (publishes !== undefined) {
    const fallback = outcomeLocation(entries);
    judgePublishes(publishes, published, found, (entry) => ({
      message,
      location: entry?.location ?? fallback,
    }));
  }
}

/** The line that led to how the attempt ended: what raised, else the last publish, else `send`. */
export function outcomeLocation(entries: readonly Entry[]): SourceLocation | undefined {
  for (const entry of entries.toReversed()) {
    if (entry.kind === 'error') return entry.failure.location ?? entry.location;
    if (entry.kind === 'reject' || entry.kind === 'limit') return entry.location;
  }
  const publish = entries.findLast((entry) => entry.kind === 'publish');
  const call = entries.findLast((entry) => entry.kind === 'call');
  return publish?.location ?? call?.location;
}

function judgeRecord(
  expected: RecordExpectation,
  entries: readonly Entry[],
  found: MismatchList,
  place: MismatchPlace,
): void {
  const [ended] = entriesOfKind(entries, 'record');
  if (!ended) {
    found.add('record', 'a log record', 'the message has none', place);
    return;
  }
  const { record, next_attempt: next } = ended;
  const { code, content } = record.response;
  const said = `${record.type} ${code} ${quoted(content)}`;
  if (expected.type !== undefined && expected.type !== record.type) {
    found.add('record.type', expected.type, said, place);
  }
  if (expected.code !== undefined && expected.code !== code) {
    found.add('record.code', String(expected.code), said, place);
  }
  if (expected.content !== undefined && !textMatches(expected.content, content)) {
    found.add('record.content', textWords(expected.content), quoted(content), place);
  }
  const wait = expected.next_attempt_seconds;
  if (wait !== undefined && (!next || !countMatches(wait, next.delay_seconds))) {
    const actual = next ? `${next.delay_seconds} s` : 'no further attempt';
    found.add('record.next_attempt_seconds', `${countWords(wait)} s`, actual, place);
  }
  const fields = record as unknown as { readonly [field: string]: JsonValue };
  judgeFields('record.fields', expected.fields ?? {}, fields, found, place);
}

/** Each field as JSON; what a field that is not there would be called is told as `absent`. */
export function judgeFields(
  key: string,
  expected: { readonly [field: string]: JsonValue },
  actual: { readonly [field: string]: JsonValue },
  found: MismatchList,
  place: MismatchPlace,
): void {
  for (const [field, value] of Object.entries(expected)) {
    const there = Object.hasOwn(actual, field) ? actual[field] : undefined;
    if (jsonMatches(value, there)) continue;
    const shown = there === undefined ? 'absent' : JSON.stringify(there);
    found.add(`${key}.${field}`, JSON.stringify(value), shown, place);
  }
}

function judgeVerdicts(
  expected: readonly (Verdict | VerdictExpectation)[],
  actual: readonly VerdictEntry[],
  found: MismatchList,
  placeOf: (verdict: VerdictEntry | undefined) => MismatchPlace,
): void {
  const wanted = expected.map((each) => (typeof each === 'string' ? { verdict: each } : each));
  if (wanted.length !== actual.length) {
    const words = (list: readonly { readonly verdict: Verdict }[]): string =>
      list.length === 0 ? 'no verdict' : list.map(({ verdict }) => verdict).join(', ');
    found.add('verdicts', words(wanted), words(actual), placeOf(actual[0]));
    return;
  }
  wanted.forEach(({ verdict, reply_code, reply_text }, i) => {
    const is = actual[i];
    if (!is) return;
    const key = `verdicts[${i}]`;
    const place = placeOf(is);
    const said = [is.verdict, is.reply_code, is.reply_text].filter((part) => part !== undefined);
    if (verdict !== is.verdict) found.add(key, verdict, said.join(' '), place);
    if (reply_code !== undefined && reply_code !== is.reply_code) {
      found.add(`${key}.reply_code`, String(reply_code), said.join(' '), place);
    }
    judgeText(`${key}.reply_text`, reply_text, is.reply_text, found, place);
  });
}

function judgePublishes(
  expected: readonly PublishExpectation[],
  actual: readonly PublishEntry[],
  found: MismatchList,
  placeOf: (publish: PublishEntry | undefined) => MismatchPlace,
): void {
  if (expected.length !== actual.length) {
    const place = placeOf(actual[expected.length]);
    found.add('publishes', counted(expected.length), counted(actual.length), place);
    return;
  }
  expected.forEach((wanted, i) => {
    const is = actual[i];
    if (!is) return;
    const key = `publishes[${i}]`;
    const place = placeOf(is);
    for (const name of ['exchange', 'routing_key'] as const) {
      const value = wanted[name];
      if (value !== undefined && value !== is[name]) {
        found.add(`${key}.${name}`, quoted(value), quoted(is[name]), place);
      }
    }
    if (wanted.mandatory !== undefined && wanted.mandatory !== is.mandatory) {
      found.add(`${key}.mandatory`, String(wanted.mandatory), String(is.mandatory), place);
    }
    judgeText(`${key}.body`, wanted.body, is.payload_preview, found, place);
    judgeFields(`${key}.properties`, wanted.properties ?? {}, is.properties, found, place);
  });
}

function judgeText(
  key: string,
  expected: TextExpectation | undefined,
  actual: string | undefined,
  found: MismatchList,
  place: MismatchPlace,
): void {
  if (expected === undefined || (actual !== undefined && textMatches(expected, actual))) return;
  found.add(key, textWords(expected), actual === undefined ? 'no text' : quoted(actual), place);
}

/** Verdicts may overtake each other. */
function inPublishOrder<V extends VerdictEntry>(verdicts: readonly V[]): V[] {
  return verdicts.toSorted((a, b) => (a.publish ?? 0) - (b.publish ?? 0));
}

function counted(publishes: number): string {
  return publishes === 1 ? '1 publish' : `${publishes} publishes`;
}
