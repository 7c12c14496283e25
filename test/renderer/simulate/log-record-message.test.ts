import { describe, expect, it } from 'vitest';
import {
  logRecordKindOf,
  logRecordKinds,
  sampleLogRecord,
} from '../../../renderer/simulate/log-record-message.ts';

const message = { sender: 'a@example.com', recipient: 'b@example.org' };

describe('sampleLogRecord', () => {
  it.each(logRecordKinds)('makes a %s that is recognised again', (kind) => {
    const record = sampleLogRecord(kind, message, 1_700_000_000_000);
    expect(record.type).toBe(kind);
    expect(logRecordKindOf(JSON.stringify(record))).toBe(kind);
  });

  it('is about the message of the form', () => {
    const record = sampleLogRecord('Delivery', message, 1_700_000_000_000);
    expect(record).toMatchObject({ ...message, queue: 'example.org', timestamp: 1_700_000_000 });
    expect(record.site).toContain('example.org');
  });

  it('has no site when nothing was delivered yet', () => {
    expect(sampleLogRecord('Reception', message, 0).site).toBe('');
  });
});

it.each(['Hello', '{"type":"Unheard"}', 'null', '[1]'])('sees no log record in %s', (body) => {
  expect(logRecordKindOf(body)).toBeUndefined();
});
