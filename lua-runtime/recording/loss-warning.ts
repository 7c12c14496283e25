/**
 * Where the broker's truth and kumod's log disagree: the message is lost, may be lost, or comes twice.
 */
import type { Verdict, WarningEntry } from './entries.ts';
import type { LogRecord } from './log-record.ts';

/** What the rule needs of a `verdict` entry. */
export interface VerdictFacts {
  readonly verdict: Verdict;
  readonly reply_code?: number;
  readonly reply_text?: string;
}

/** The part of a `warning` entry that the disagreement decides. */
export type LossWarning = Pick<WarningEntry, 'kind' | 'code' | 'text'>;

const LOST: ReadonlySet<Verdict> = new Set(['nacked', 'unroutable', 'failed']);

/**
 * @param record what kumod logs for the attempt.
 * @param verdicts what the broker did with each publish of that attempt.
 * @returns undefined when both say the same.
 */
export function lossWarning(
  record: Pick<LogRecord, 'type'>,
  verdicts: readonly VerdictFacts[],
): LossWarning | undefined {
  if (record.type === 'Delivery') {
    const lost = verdicts.find(({ verdict }) => LOST.has(verdict));
    if (lost !== undefined) return warning('silent-loss', lostText(lost, share(verdicts, LOST)));
    if (verdicts.some(({ verdict }) => verdict === 'unconfirmed')) {
      return warning(
        'possible-loss',
        'kumod logs a Delivery and never retries, but the broker did not say within the limit whether it kept the message. Look for the message in the broker before you rely on it.',
      );
    }
    return undefined;
  }
  if (record.type === 'TransientFailure' && verdicts.some(({ verdict }) => verdict === 'acked')) {
    return warning(
      'possible-duplicate',
      "The broker kept the message, but kumod logs a TransientFailure and will publish it again. Return a string from the connection object's send once the broker has the message, or let the consumer drop duplicates by message id.",
    );
  }
  return undefined;
}

function warning(code: LossWarning['code'], text: string): LossWarning {
  return { kind: 'warning', code, text };
}

/** `2 of 3 publishes`, or nothing when there was one. */
function share(verdicts: readonly VerdictFacts[], wanted: ReadonlySet<Verdict>): string {
  if (verdicts.length < 2) return '';
  const count = verdicts.filter(({ verdict }) => wanted.has(verdict)).length;
  return ` (${count} of ${verdicts.length} publishes)`;
}

function lostText(lost: VerdictFacts, count: string): string {
  const reply = [lost.reply_code, lost.reply_text].filter((part) => part !== undefined).join(' ');
  const said = reply === '' ? '' : `: ${reply}`;
  const logged = 'kumod logs a Delivery and never retries, but';
  switch (lost.verdict) {
    case 'unroutable':
      return `${logged} the broker had no queue for the message and dropped it${count}${said}. Declare or bind the queue, or correct the routing key.`;
    case 'nacked':
      return `${logged} the broker refused to keep the message${count}${said}. Correct what made the broker refuse it, or raise an error in send so that kumod retries.`;
    default:
      return `${logged} the message did not reach the broker${count}${said}. Correct the connection, or let the error leave send so that kumod retries.`;
  }
}
