import { describe, expect, it } from 'vitest';
import { lossWarning } from '../../../lua-runtime/recording/loss-warning.ts';
import type { Verdict } from '../../../lua-runtime/recording/entries.ts';
import type { LogRecordType } from '../../../lua-runtime/recording/log-record.ts';

const warn = (type: LogRecordType, ...verdicts: Verdict[]) =>
  lossWarning(
    { type },
    verdicts.map((verdict) => ({ verdict })),
  );

describe('where the broker and the log disagree', () => {
  it.each<[LogRecordType, Verdict[], string | undefined]>([
    ['Delivery', ['acked'], undefined],
    ['Delivery', [], undefined],
    ['Delivery', ['nacked'], 'silent-loss'],
    ['Delivery', ['unroutable'], 'silent-loss'],
    ['Delivery', ['failed'], 'silent-loss'],
    ['Delivery', ['unconfirmed'], 'possible-loss'],
    ['Delivery', ['acked', 'unroutable'], 'silent-loss'],
    ['Delivery', ['unconfirmed', 'nacked'], 'silent-loss'],
    ['TransientFailure', ['acked'], 'possible-duplicate'],
    ['TransientFailure', ['nacked', 'acked'], 'possible-duplicate'],
    ['TransientFailure', ['nacked'], undefined],
    ['TransientFailure', ['unconfirmed'], undefined],
    ['TransientFailure', [], undefined],
    ['Bounce', ['acked'], undefined],
    ['Bounce', ['nacked'], undefined],
  ])('%s with %j warns of %s', (type, verdicts, code) => {
    expect(warn(type, ...verdicts)?.code).toBe(code);
  });

  it('says what kumod does, what the broker said and what to do', () => {
    expect(
      lossWarning({ type: 'Delivery' }, [
        { verdict: 'acked' },
        { verdict: 'unroutable', reply_code: 312, reply_text: 'NO_ROUTE' },
      ])?.text,
    ).toBe(
      'kumod logs a Delivery and never retries, but the broker had no queue for the message and dropped it (1 of 2 publishes): 312 NO_ROUTE. Declare or bind the queue, or correct the routing key.',
    );
  });
});
