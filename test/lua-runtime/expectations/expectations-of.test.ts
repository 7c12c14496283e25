import { describe, expect, it } from 'vitest';
import { expectationsOfDelivery } from '../../../lua-runtime/expectations/expectations-of.ts';
import { RecordingJudge } from '../../../lua-runtime/expectations/recording-judge.ts';
import type { Entry, EntryBody } from '../../../lua-runtime/recording/entries.ts';
import type { LogRecord } from '../../../lua-runtime/recording/log-record.ts';

const stamp = { at: 1, message: 1, session: 1 };

function delivery(type: LogRecord['type'], content: string, more: readonly EntryBody[]): Entry[] {
  const response = { code: 400, content, enhanced_code: null, command: null };
  const record = { type, response } as unknown as LogRecord;
  return [...more, { ...stamp, kind: 'record' as const, record }].map((entry, i) => ({
    ...entry,
    seq: i + 1,
  }));
}

const verdicts: readonly EntryBody[] = [
  { ...stamp, kind: 'verdict', publish: 2, verdict: 'unroutable', reply_code: 312 },
  { ...stamp, kind: 'verdict', publish: 1, verdict: 'acked' },
  { ...stamp, kind: 'warning', code: 'silent-loss', text: 'gone' },
];

describe('what is expected of a delivery that is saved', () => {
  it('is what happened', () => {
    expect(expectationsOfDelivery(delivery('Delivery', '250 ok', verdicts))).toEqual({
      record: { type: 'Delivery', code: 400, content: '250 ok' },
      verdicts: ['acked', { verdict: 'unroutable', reply_code: 312 }],
      publishes: [],
      warnings: ['silent-loss'],
    });
  });

  it.each([
    ['{"status":"Nack"}', { json: { status: 'Nack' } }],
    ['connection to 127.0.0.1:38123 refused', { contains: 'connection to 127.0.0.1:' }],
    ['boom\nstack traceback:\n\tinit.lua:3', { contains: 'boom' }],
    ['id d3393e90e94711f18001492473356596 is full', { contains: 'is full' }],
  ])('leaves out of %j what changes', (content, text) => {
    const expected = expectationsOfDelivery(delivery('Bounce', content, []));
    expect(expected.record?.content).toEqual(text);
  });

  it('is met by the same delivery', () => {
    const entries = delivery('Delivery', 'x 12345 y', verdicts);
    const judge = new RecordingJudge(expectationsOfDelivery(entries));
    entries.forEach((entry) => judge.add(entry));
    expect(judge.end({})).toEqual([]);
  });
});
