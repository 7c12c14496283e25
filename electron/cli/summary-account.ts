/** The summary of a run in words for a terminal. */
import type { SummaryEntry } from '../../lua-runtime/recording/entries.ts';

const COUNTS: readonly (readonly [keyof SummaryEntry['verdicts'], string])[] = [
  ['acked', 'acked'],
  ['nacked', 'nacked'],
  ['unroutable', 'unroutable'],
  ['unconfirmed', 'unconfirmed (unknown)'],
  ['failed', 'failed'],
  ['none', 'never reached a broker'],
];
const LOSSES: readonly (readonly [
  'silent_loss' | 'possible_loss' | 'possible_duplicate',
  string,
])[] = [
  ['silent_loss', 'lost silently: kumod logs a Delivery and the broker did not keep the message'],
  ['possible_loss', 'possibly lost: kumod logs a Delivery and the broker never said'],
  ['possible_duplicate', 'possibly twice: the broker kept the message and kumod retries'],
];
const REASON_CHARACTERS = 100;

/** Several lines, each ended. */
export function summaryAccount(summary: SummaryEntry): string {
  const { messages, interrupted, not_tried, records, latency_us: latency } = summary;
  const seconds = (summary.duration_ms / 1000).toFixed(1);
  const counted = (count: number) => String(count).padStart(9);
  const lines = [
    `Summary: ${messages} messages in ${seconds} s, ${summary.messages_per_second} a second`,
    '  The broker',
  ];
  for (const [verdict, words] of COUNTS) {
    const count = summary.verdicts[verdict];
    if (count > 0) lines.push(`${counted(count)}  ${words}`);
  }
  for (const [loss, words] of LOSSES) {
    if (summary[loss] > 0) lines.push(`${counted(summary[loss])}  ${words}`);
  }
  lines.push('  kumod logs');
  for (const { type, count, reasons, other_reasons } of records) {
    lines.push(`${counted(count)}  ${type}`);
    for (const reason of reasons) {
      const text = reason.content.replace(/\s+/g, ' ');
      const cut = text.length > REASON_CHARACTERS ? `${text.slice(0, REASON_CHARACTERS)}…` : text;
      lines.push(`${counted(reason.count)}    ${reason.code} ${cut}`);
    }
    if (other_reasons > 0) lines.push(`${counted(other_reasons)}    other reasons`);
  }
  if (interrupted > 0) lines.push(`${counted(interrupted)}  interrupted, without a record`);
  if (not_tried > 0) lines.push(`${counted(not_tried)}  not tried`);
  if (latency) {
    const ms = (us: number) => `${(us / 1000).toFixed(1)} ms`;
    lines.push(
      `  Verdicts took p50 ${ms(latency.p50)}, p95 ${ms(latency.p95)}, p99 ${ms(latency.p99)}, at most ${ms(latency.max)}`,
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}
