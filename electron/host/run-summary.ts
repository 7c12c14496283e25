/** Counts how the messages of a run end: a reading of its recording that needs no more memory with more messages. */
import type {
  Entry,
  SummarisedReason,
  SummarisedRecords,
  SummaryEntry,
} from '../../lua-runtime/recording/entries.ts';
import type { LogRecord } from '../../lua-runtime/recording/log-record.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { noVerdicts } from './verdict-counts.ts';
import { worstVerdict } from './worst-verdict.ts';

/** Told of each type of record. */
const SHOWN_REASONS = 5;
/** Kept of each type; a script may make up a reason for every message. */
const KEPT_REASONS = 1_000;
const KEPT_CHARACTERS = 500;

interface CountedRecords {
  count: number;
  readonly reasons: Map<
    string,
    { -readonly [key in keyof SummarisedReason]: SummarisedReason[key] }
  >;
}

type Losses = Pick<SummaryEntry, 'silent_loss' | 'possible_loss' | 'possible_duplicate'>;

export class RunSummary {
  readonly #verdicts = noVerdicts();
  readonly #losses: { -readonly [loss in keyof Losses]: number } = {
    silent_loss: 0,
    possible_loss: 0,
    possible_duplicate: 0,
  };
  readonly #records = new Map<LogRecord['type'], CountedRecords>();
  readonly #latencies = new LatencyHistogram();
  #messages = 0;

  /** `entries` are those of a message that ended, its record among them. */
  add(entries: readonly Entry[]): void {
    this.#messages++;
    const verdict = worstVerdict(entries);
    this.#verdicts[verdict?.verdict ?? 'none']++;
    if (verdict?.latency_us !== undefined) this.#latencies.add(verdict.latency_us);
    for (const entry of entries) {
      if (entry.kind === 'record') this.#addRecord(entry.record);
      else if (entry.kind === 'warning') this.#addWarning(entry.code);
    }
  }

  /**
   * @param left what did not come to an end
   * @param durationMs of the run so far
   */
  entry(
    left: Pick<SummaryEntry, 'interrupted' | 'not_tried'>,
    durationMs: number,
    at: number,
  ): SummaryEntry {
    const latency = this.#latencies.summary();
    return {
      kind: 'summary',
      at,
      messages: this.#messages,
      ...left,
      duration_ms: Math.round(durationMs),
      messages_per_second:
        durationMs > 0 ? Math.round((this.#messages / durationMs) * 10_000) / 10 : 0,
      verdicts: { ...this.#verdicts },
      ...this.#losses,
      records: [...this.#records].map(summarised).sort((a, b) => b.count - a.count),
      ...(latency === undefined ? {} : { latency_us: latency }),
    };
  }

  #addRecord({ type, response }: LogRecord): void {
    let records = this.#records.get(type);
    if (!records) this.#records.set(type, (records = { count: 0, reasons: new Map() }));
    records.count++;
    const { code } = response;
    const key = `${code} ${withoutNumbers(response.content)}`;
    const reason = records.reasons.get(key);
    if (reason) reason.count++;
    else if (records.reasons.size < KEPT_REASONS) {
      const content = response.content.slice(0, KEPT_CHARACTERS);
      records.reasons.set(key, { code, content, count: 1 });
    }
  }

  #addWarning(code: Extract<Entry, { kind: 'warning' }>['code']): void {
    if (code === 'silent-loss') this.#losses.silent_loss++;
    else if (code === 'possible-loss') this.#losses.possible_loss++;
    else if (code === 'possible-duplicate') this.#losses.possible_duplicate++;
  }
}

function summarised([type, { count, reasons }]: [
  LogRecord['type'],
  CountedRecords,
]): SummarisedRecords {
  const shown = [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, SHOWN_REASONS);
  const told = shown.reduce((sum, reason) => sum + reason.count, 0);
  return { type, count, reasons: shown, other_reasons: count - told };
}

/** Message ids, ports and times make every text another one. */
function withoutNumbers(content: string): string {
  return content.slice(0, KEPT_CHARACTERS).replace(/[0-9a-f]{8,}|\d+/gi, '#');
}
