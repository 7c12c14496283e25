import { expect, it } from 'vitest';
import { RunSummary } from '../../../electron/host/run-summary.ts';
import type { Entry, EntryBody, Verdict } from '../../../lua-runtime/recording/entries.ts';
import type { LogRecord } from '../../../lua-runtime/recording/log-record.ts';

/** What the summary reads of a message's recording. */
function ended(
  type: LogRecord['type'],
  content: string,
  verdicts: readonly Verdict[] = [],
  warning?: 'silent-loss' | 'possible-loss' | 'possible-duplicate',
): Entry[] {
  const bodies: EntryBody[] = [
    ...verdicts.map((verdict) => ({ kind: 'verdict' as const, at: 0, verdict, latency_us: 1_000 })),
    ...(warning ? [{ kind: 'warning' as const, at: 0, code: warning, text: '' }] : []),
    {
      kind: 'record',
      at: 0,
      record: { type, response: { code: type === 'Delivery' ? 200 : 400, content } } as LogRecord,
    },
  ];
  return bodies.map((body, index) => ({ ...body, seq: index + 1 }));
}

it('counts each message once, by the worst of its verdicts', () => {
  const summary = new RunSummary();
  summary.add(ended('Delivery', '250 ok', ['acked']));
  summary.add(ended('Delivery', '250 ok', ['acked', 'unroutable', 'acked'], 'silent-loss'));
  summary.add(ended('TransientFailure', 'no route', ['unconfirmed']));
  summary.add(ended('TransientFailure', 'refused'));

  const { messages, verdicts, silent_loss } = summary.entry(
    { interrupted: 0, not_tried: 6 },
    2_000,
    0,
  );

  expect(messages).toBe(4);
  expect(verdicts).toEqual({
    acked: 1,
    nacked: 0,
    unroutable: 1,
    unconfirmed: 1,
    failed: 0,
    none: 1,
  });
  expect(silent_loss).toBe(1);
});

it('tells rate, latencies and what is left', () => {
  const summary = new RunSummary();
  for (let n = 0; n < 100; n++) summary.add(ended('Delivery', '250 ok', ['acked']));
  expect(summary.entry({ interrupted: 3, not_tried: 7 }, 500, 12)).toMatchObject({
    at: 12,
    interrupted: 3,
    not_tried: 7,
    duration_ms: 500,
    messages_per_second: 200,
    latency_us: { p50: 1_000, p95: 1_000, p99: 1_000, max: 1_000 },
  });
});

it('has no latency where no broker answered', () => {
  const summary = new RunSummary();
  summary.add(ended('TransientFailure', 'refused'));
  expect(summary.entry({ interrupted: 0, not_tried: 0 }, 1, 0)).not.toHaveProperty('latency_us');
});

it('takes reasons that differ only in ids and numbers for one, and names the most frequent', () => {
  const summary = new RunSummary();
  summary.add(ended('Delivery', '250 ok'));
  for (let n = 0; n < 5; n++) {
    summary.add(ended('TransientFailure', `port ${n} of d7ef45ab8c${n} is closed`));
  }
  for (const word of ['a', 'b', 'c', 'd', 'e', 'f']) {
    summary.add(ended('TransientFailure', `reason ${word}`));
  }

  const { records } = summary.entry({ interrupted: 0, not_tried: 0 }, 1, 0);

  expect(records.map(({ type, count }) => [type, count])).toEqual([
    ['TransientFailure', 11],
    ['Delivery', 1],
  ]);
  const [failures] = records;
  expect(failures?.reasons[0]).toEqual({
    code: 400,
    content: 'port 0 of d7ef45ab8c0 is closed',
    count: 5,
  });
  const shown = failures?.reasons.reduce((sum, { count }) => sum + count, 0) ?? 0;
  expect(shown + (failures?.other_reasons ?? 0)).toBe(11);
  expect(failures?.other_reasons).toBe(2);
});
