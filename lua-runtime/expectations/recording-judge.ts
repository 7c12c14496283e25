/**
 * Reads a recording against what a scenario expects. Entries may come while the run goes on, and of a
 * message nothing is kept once it has ended, so that a load run of any size can be judged.
 */
import type {
  Entry,
  QueueResolution,
  SummaryEntry,
  Verdict,
  WarningCode,
  WarningEntry,
} from '../recording/entries.ts';
import type { LogRecord } from '../recording/log-record.ts';
import type { CountExpectation, Expectations, Mismatch } from './expectation-contract.ts';
import { countMatches, countWords, quoted, textMatches, textWords } from './expected-text.ts';
import { jsonMatches } from './expected-text.ts';
import { judgeFields, judgeMessage, outcomeLocation } from './message-expectations.ts';
import { MismatchList } from './mismatch-list.ts';
import { plainValue } from './plain-value.ts';

type LossCount = 'silent_loss' | 'possible_loss' | 'possible_duplicate';
const LOSSES: { readonly [code in WarningCode]?: LossCount } = {
  'silent-loss': 'silent_loss',
  'possible-loss': 'possible_loss',
  'possible-duplicate': 'possible_duplicate',
};
/** Of prints and errors, for telling what there was instead. */
const SHOWN_TEXTS = 3;

/** How a run ended, beside its entries. */
export interface JudgedEnd {
  /** Why it could not go on, as a sentence. */
  readonly problem?: string | undefined;
}

export class RecordingJudge {
  readonly #expected: Expectations;
  readonly #found = new MismatchList();
  readonly #ofMessage = new Map<number, Entry[]>();
  /** Of a run without messages: all; else what belongs to no message and is asked for. */
  readonly #aside: Entry[] = [];
  readonly #warnings = new Set<WarningCode>();
  readonly #unprinted: Set<number>;
  #printed: string[] = [];
  #errors: string[] = [];
  #isErrorMet = false;
  #resolution: QueueResolution | undefined;
  #messages = 0;
  #summary: SummaryEntry | undefined;

  constructor(expected: Expectations) {
    this.#expected = expected;
    this.#unprinted = new Set((expected.prints ?? []).keys());
  }

  /** The entries of a run, in order. */
  add(entry: Entry): void {
    if (entry.kind === 'print') this.#takePrint(entry.text);
    else if (entry.kind === 'error') this.#takeError(entry);
    else if (entry.kind === 'warning') this.#warnings.add(entry.code);
    else if (entry.kind === 'queue-config') this.#resolution ??= entry.resolution;
    else if (entry.kind === 'summary') this.#summary = entry;
    if (entry.message === undefined) {
      if (this.#messages === 0 && isJudged(entry)) this.#aside.push(entry);
      return;
    }
    const own = this.#ofMessage.get(entry.message);
    if (own) own.push(entry);
    else this.#ofMessage.set(entry.message, [entry]);
    if (entry.kind !== 'record') return;
    this.#messages++;
    this.#judgeMessage(this.#ofMessage.get(entry.message) ?? []);
    this.#ofMessage.delete(entry.message);
  }

  /** What was not met, in the order of the keys of a scenario. Call once, when the run is over. */
  end({ problem }: JudgedEnd): Mismatch[] {
    const isDelivery = this.#messages > 0 || this.#ofMessage.size > 0;
    const isHeld = this.#judgeProblem(problem);
    // Without a run there is nothing to compare; what stopped it is all there is to tell.
    if (isHeld) return this.#found.all();
    this.#judgeQueueConfig();
    if (!isDelivery) this.#judgeMessage(this.#aside);
    this.#judgeReturns();
    this.#judgeWarnings();
    this.#judgePrints();
    this.#judgeError();
    this.#judgeCounts();
    return this.#found.all();
  }

  #judgeMessage(entries: readonly Entry[]): void {
    judgeMessage(this.#expected, entries, this.#found);
    for (const entry of entries) {
      if (entry.kind === 'warning') this.#judgeLoss(entry, entries);
    }
  }

  /** A loss is always told, unless it is what the scenario is about. */
  #judgeLoss(warning: WarningEntry, entries: readonly Entry[]): void {
    const loss = LOSSES[warning.code];
    if (loss === undefined) return;
    const { warnings, counts } = this.#expected;
    if (warnings?.includes(warning.code) === true || counts?.[loss] !== undefined) return;
    this.#found.add('warnings', `no ${warning.code}`, `${warning.code}: ${warning.text}`, {
      message: warning.message,
      location: outcomeLocation(entries),
    });
  }

  /** @returns whether the run was stopped by something that nobody expected. */
  #judgeProblem(problem: string | undefined): boolean {
    const expected = this.#expected.problem;
    if (expected === undefined) {
      if (problem === undefined) return false;
      // An error that a handler of an event raises ends the run too.
      if (this.#expected.error !== undefined && this.#errors.length > 0) return false;
      this.#found.add('problem', 'a run that ends by itself', problem, {
        location: this.#resolution?.error?.location ?? outcomeLocation(this.#aside),
      });
      return true;
    }
    if (problem === undefined) {
      this.#found.add('problem', textWords(expected), 'the run ended by itself');
    } else if (!textMatches(expected, problem)) {
      this.#found.add('problem', textWords(expected), quoted(problem));
    }
    return false;
  }

  #judgeQueueConfig(): void {
    const expected = this.#expected.queue_config;
    if (expected === undefined) return;
    const is = this.#resolution;
    if (!is || is.error) {
      const actual = is?.error ? is.error.summary : 'no queue was resolved';
      const location = is?.error?.location;
      this.#found.add('queue_config', 'an effective queue config', actual, { location });
      return;
    }
    const place = { location: is.handler };
    const { handler, protocol } = is;
    const actual: { readonly [key: string]: string | null } = {
      protocol: protocol?.kind ?? null,
      constructor_event: protocol?.kind === 'custom_lua' ? protocol.constructor_event : null,
      egress_pool: is.egress_pool ?? null,
      egress_source: is.egress_source ?? null,
      ready_queue: is.ready_queue ?? null,
      handler: handler ? `${handler.file}:${handler.line}` : null,
    };
    const { fields = {}, ...named } = expected;
    for (const [name, value] of Object.entries(named)) {
      if (value === actual[name]) continue;
      const shown = (text: string | null | undefined): string =>
        typeof text === 'string' ? quoted(text) : 'none';
      this.#found.add(`queue_config.${name}`, shown(value), shown(actual[name]), place);
    }
    judgeFields('queue_config.fields', fields, is.config ?? {}, this.#found, place);
  }

  #judgeReturns(): void {
    const expected = this.#expected.returns;
    if (expected === undefined) return;
    const event = this.#aside.find((entry) => entry.kind === 'event')?.event;
    const end = this.#aside.findLast((entry) => entry.kind === 'return' && entry.event === event);
    const values = end?.kind === 'return' && end.failed !== true ? end.values.map(plainValue) : [];
    const isMet =
      expected.length === values.length &&
      expected.every((value, i) => jsonMatches(value, values[i]));
    if (isMet) return;
    const call = this.#aside.findLast((entry) => entry.kind === 'call' && entry.event === event);
    const words = (list: readonly unknown[]): string =>
      list.length === 0 ? 'nothing' : list.map((value) => JSON.stringify(value)).join(', ');
    const failed = end?.kind === 'return' && end.failed === true;
    this.#found.add('returns', words(expected), failed ? 'an error' : words(values), {
      location: call?.location,
    });
  }

  #judgeWarnings(): void {
    for (const code of this.#expected.warnings ?? []) {
      if (this.#warnings.has(code)) continue;
      const told = [...this.#warnings].join(', ');
      this.#found.add('warnings', code, told === '' ? 'no warning' : told);
    }
  }

  #judgePrints(): void {
    const { prints = [] } = this.#expected;
    for (const index of this.#unprinted) {
      const expected = prints[index];
      if (expected === undefined) continue;
      this.#found.add(
        `prints[${index}]`,
        textWords(expected),
        seen(this.#printed, 'nothing was printed'),
      );
    }
  }

  #judgeError(): void {
    const expected = this.#expected.error;
    if (expected === undefined || this.#isErrorMet) return;
    const text = expected.text === undefined ? 'an error' : textWords(expected.text);
    const words = expected.at === undefined ? text : `${text} at ${expected.at}`;
    this.#found.add('error', words, seen(this.#errors, 'no error'), {
      location: outcomeLocation(this.#aside),
    });
  }

  #judgeCounts(): void {
    const expected = this.#expected.counts;
    if (expected === undefined) return;
    const summary = this.#summary;
    const count = (key: string, wanted: CountExpectation | undefined, actual: number): void => {
      if (wanted === undefined || countMatches(wanted, actual)) return;
      this.#found.add(`counts.${key}`, countWords(wanted), String(actual));
    };
    count('messages', expected.messages, summary?.messages ?? 0);
    for (const type of Object.keys(expected.records ?? {}) as LogRecord['type'][]) {
      const known = summary?.records.find((each) => each.type === type);
      count(`records.${type}`, expected.records?.[type], known?.count ?? 0);
    }
    for (const verdict of Object.keys(expected.verdicts ?? {}) as (Verdict | 'none')[]) {
      count(`verdicts.${verdict}`, expected.verdicts?.[verdict], summary?.verdicts[verdict] ?? 0);
    }
    for (const loss of ['silent_loss', 'possible_loss', 'possible_duplicate'] as const) {
      count(loss, expected[loss], summary?.[loss] ?? 0);
    }
  }

  #takePrint(text: string): void {
    for (const index of this.#unprinted) {
      const expected = this.#expected.prints?.[index];
      if (expected !== undefined && textMatches(expected, text)) this.#unprinted.delete(index);
    }
    this.#printed = [...this.#printed, text].slice(-SHOWN_TEXTS);
  }

  #takeError(entry: Extract<Entry, { kind: 'error' }>): void {
    const { failure, location: near } = entry;
    const location = failure.location ?? near;
    const at = location ? `${location.file}:${location.line}` : undefined;
    const expected = this.#expected.error;
    this.#isErrorMet ||=
      expected !== undefined &&
      (expected.at === undefined || expected.at === at) &&
      (expected.text === undefined ||
        textMatches(expected.text, failure.summary) ||
        textMatches(expected.text, failure.text));
    const told = at === undefined ? failure.summary : `${at}: ${failure.summary}`;
    this.#errors = [...this.#errors, told].slice(-SHOWN_TEXTS);
  }
}

/** Of what belongs to no message, the rest is big and asked by nobody. */
function isJudged({ kind }: Entry): boolean {
  return ['call', 'return', 'event', 'publish', 'verdict', 'warning', 'error', 'limit'].includes(
    kind,
  );
}

/** The newest of some texts, each in quotes. */
function seen(texts: readonly string[], none: string): string {
  return texts.length === 0 ? none : texts.map(quoted).join(', ');
}
