import type { SummaryEntry } from '../../electron/bridge/contract.ts';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { changeFilter } from '../deliveries/deliveries-store.ts';
import { recordTone, verdictLook, warningWord } from '../deliveries/verdict-words.ts';
import { showBottom } from '../shell/layout-store.ts';
import { formatCount, formatMicroseconds, formatQuantity } from '../wording/quantities.ts';
import { useSimulate } from './simulate-store.ts';
import './run-summary.css';

type CountedVerdict = keyof SummaryEntry['verdicts'];
const verdicts: readonly CountedVerdict[] = [
  'acked',
  'nacked',
  'unroutable',
  'unconfirmed',
  'failed',
  'none',
];
const losses = [
  ['silent_loss', 'silent-loss', 'kumod logs a Delivery, and the broker did not keep the message'],
  ['possible_loss', 'possible-loss', 'kumod logs a Delivery, and the broker never said'],
  ['possible_duplicate', 'possible-duplicate', 'the broker kept the message, and kumod retries'],
] as const;

function showOnly(verdict: CountedVerdict): void {
  changeFilter({ text: '', verdicts: [verdict] });
  showBottom('deliveries');
}

function share(count: number, of: number): string {
  const percent = (100 * count) / of;
  return percent > 0 && percent < 0.1 ? '<0.1 %' : `${percent.toFixed(1)} %`;
}

function BrokerDid({ summary }: { readonly summary: SummaryEntry }) {
  const { messages } = summary;
  const counted = verdicts.filter((verdict) => summary.verdicts[verdict] > 0);
  return (
    <>
      <h4 className="summary-truth">The broker</h4>
      <div className="summary-bar" aria-hidden>
        {counted.map((verdict) => (
          <span
            key={verdict}
            data-tone={verdictLook(verdict === 'none' ? undefined : verdict).tone}
            style={{ flexGrow: summary.verdicts[verdict] }}
          />
        ))}
      </div>
      <ul className="summary-counts">
        {counted.map((verdict) => {
          const look = verdictLook(verdict === 'none' ? undefined : verdict);
          const count = summary.verdicts[verdict];
          return (
            <li key={verdict}>
              <button
                type="button"
                className="summary-count"
                title="Show these deliveries"
                onClick={() => showOnly(verdict)}
              >
                <span className={`verdict tone-${look.tone === 'plain' ? 'faint' : look.tone}`}>
                  <VerdictShape shape={look.shape} />
                  {look.word}
                </span>
                <b className="num">{formatCount(count)}</b>
                <span className="num faint">{share(count, messages)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {losses.map(
        ([field, code, words]) =>
          summary[field] > 0 && (
            <p key={field} className="summary-loss">
              <span className="badge">{warningWord(code)}</span>{' '}
              <b className="num">{formatCount(summary[field])}</b> {words}.
            </p>
          ),
      )}
    </>
  );
}

function KumodLogs({ records }: Pick<SummaryEntry, 'records'>) {
  return (
    <>
      <h4 className="summary-truth">kumod logs</h4>
      <ul className="summary-records">
        {records.map(({ type, count, reasons, other_reasons: others }) => (
          <li key={type}>
            <span className={`verdict tone-${recordTone(type)}`}>{type}</span>{' '}
            <b className="num">{formatCount(count)}</b>
            <ul>
              {reasons.map(({ code, content, count: times }) => (
                <li key={`${code} ${content}`} title={content}>
                  <span className="num">{formatCount(times)}</span>
                  <span className="mono">
                    {code} {content}
                  </span>
                </li>
              ))}
              {others > 0 && (
                <li>
                  <span className="num">{formatCount(others)}</span>
                  <span>for other reasons</span>
                </li>
              )}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

const ends = { finished: 'Finished', cancelled: 'Cancelled', failed: 'Failed', running: '' };

/** What became of the messages of the last run, once it is over. */
export function RunSummary() {
  const run = useSimulate((state) => state.run);
  const summary = run?.summary;
  if (!run || !summary) return null;
  const { messages, interrupted, not_tried: notTried, latency_us: latency } = summary;
  if (messages + interrupted + notTried <= 1) return null;
  const seconds = (summary.duration_ms / 1000).toFixed(1);
  return (
    <section className="section summary" aria-label="Run summary">
      <h3 className="section-title">
        {ends[run.state]}
        <small>
          {formatQuantity(messages, 'message')} in {seconds} s,{' '}
          {formatCount(Math.round(summary.messages_per_second))}/s
        </small>
      </h3>
      {messages > 0 && (
        <>
          <BrokerDid summary={summary} />
          <KumodLogs records={summary.records} />
        </>
      )}
      {interrupted > 0 && (
        <p className="summary-note">
          <b className="num">{formatCount(interrupted)}</b> interrupted, without a record.
        </p>
      )}
      {notTried > 0 && (
        <p className="summary-note">
          <b className="num">{formatCount(notTried)}</b> not tried.
        </p>
      )}
      {latency && (
        <p className="summary-note num">
          Verdicts took p50 {formatMicroseconds(latency.p50)} · p95{' '}
          {formatMicroseconds(latency.p95)} · p99 {formatMicroseconds(latency.p99)} · at most{' '}
          {formatMicroseconds(latency.max)}
        </p>
      )}
    </section>
  );
}
