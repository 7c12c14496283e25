/** A delivery told in words for a terminal: the three truths, and what led to them. */
import type {
  Entry,
  EntryBody,
  LimitEntry,
  RecordEntry,
  VerdictEntry,
} from '../../lua-runtime/recording/entries.ts';
import type { FinishedDelivery } from '../host/attempt-completion.ts';

const INDENT = '  ';

/** One entry of a run as it happens; empty for those that a message's account tells. */
export function runAccount(entry: Entry): string {
  switch (entry.kind) {
    case 'print':
      return `${place(entry)}${entry.text}\n`;
    case 'limit':
      return `${limitText(entry)}\n`;
    case 'error':
      // An attempt's error stands in its record; one that belongs to no attempt would be lost.
      return entry.message === undefined ? `${entry.during}: ${entry.failure.text}\n` : '';
    case 'warning':
      return entry.message === undefined ? `${place(entry)}warning: ${entry.text}\n` : '';
    default:
      return '';
  }
}

/** Several lines, the last one empty. */
export function messageAccount({ message, told, entries }: FinishedDelivery): string {
  const lines = [`Message ${message.message} (${message.id}) in ${message.queue}`];
  lines.push(`${INDENT}script was told  ${told}`);
  const verdicts = entries.filter((entry) => entry.kind === 'verdict');
  if (verdicts.length === 0) lines.push(`${INDENT}broker did       nothing: no publish reached it`);
  for (const verdict of verdicts) lines.push(`${INDENT}broker did       ${verdictText(verdict)}`);
  for (const entry of entries) {
    if (entry.kind === 'record') lines.push(...recordLines(entry));
  }
  for (const entry of entries) {
    if (entry.kind === 'error' && entry.failure.location) {
      const { file, line } = entry.failure.location;
      lines.push(`${INDENT}at               ${file}:${line}: ${entry.failure.summary}`);
    }
    if (entry.kind === 'warning') {
      lines.push(`${INDENT}${entry.code.toUpperCase()}: ${entry.text}`);
    }
  }
  return `${lines.join('\n')}\n\n`;
}

function verdictText(verdict: VerdictEntry): string {
  const reply = [verdict.reply_code, verdict.reply_text].filter((part) => part !== undefined);
  const said = reply.length > 0 ? ` ${reply.join(' ')}` : '';
  const took = verdict.latency_us === undefined ? '' : ` after ${milliseconds(verdict.latency_us)}`;
  const happened = `${verdict.verdict}${said}${took}`;
  if (verdict.explanation === undefined) return happened;
  return `${happened}${happened.endsWith('.') ? '' : '.'} ${verdict.explanation}`;
}

function recordLines({ record, next_attempt: next }: RecordEntry): string[] {
  const { code, content } = record.response;
  const lines = [`${INDENT}kumod logs       ${record.type} ${code} ${content}`];
  if (next) {
    const then = next.expires ? 'the message expires instead of attempt' : 'attempt';
    lines.push(`${INDENT}then             ${then} ${next.attempt} at ${next.due}`);
  }
  return lines;
}

function limitText(entry: LimitEntry): string {
  return `${place(entry)}${entry.text}`;
}

function place(entry: EntryBody): string {
  return entry.location ? `${entry.location.file}:${entry.location.line}: ` : '';
}

function milliseconds(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(1)} ms`;
}
