import { describe, expect, it } from 'vitest';
import { messageIdTime } from '../../../lua-runtime/kumod/message-id.ts';
import { reproductionOf } from '../../../lua-runtime/log-lines/reproduction.ts';
import { recordOf } from './records.ts';

function reproduced(change: Parameters<typeof recordOf>[0] = {}) {
  const reproduction = reproductionOf(recordOf(change));
  if (typeof reproduction === 'string') throw new Error(reproduction);
  return reproduction;
}

describe('the message of a log record', () => {
  it('has what the record tells, and not twice what its queue says', () => {
    expect(reproduced().message).toEqual({
      queue: 'spring:acme@example.com',
      sender: 'bounces@sender.example',
      recipients: ['user@example.com'],
      meta: { customer: 'c-17' },
      headers: 'Subject: Your order\nReceived: from a\nReceived: from b',
      id: 'c90b9c00e8b211f180017130c3e16daa',
      numAttempts: 2,
    });
  });

  it('keeps metadata that leads elsewhere than the queue', () => {
    expect(reproduced({ meta: { tenant: 'other' } }).message.meta).toEqual({ tenant: 'other' });
  });

  it('has an id that is as old where the record has none of kumod’s', () => {
    const { id } = reproduced({ id: 'x' }).message;
    expect(messageIdTime(id)).toEqual({
      seconds: Date.parse('2026-11-25T09:30:00Z') / 1000,
      nanoseconds: 0,
    });
  });

  it('has the id without the dashes that other tools put in', () => {
    const dashed = 'c90b9c00-e8b2-11f1-8001-7130c3e16daa';
    expect(reproduced({ id: dashed }).message.id).toBe('c90b9c00e8b211f180017130c3e16daa');
  });

  it('has no id where the record does not tell its age either', () => {
    expect(reproduced({ id: 'x', created: undefined, created_time: undefined }).message.id).toBe(
      '',
    );
  });
});

describe('what a log record leaves open', () => {
  it('is the message itself', () => {
    expect(reproduced().notes).toEqual([
      'The line does not hold the message itself (2310 bytes): here its text is another one, with the headers that were logged.',
    ]);
  });

  it('is another protocol', () => {
    expect(reproduced({ delivery_protocol: 'ESMTP' }).notes[0]).toContain('over ESMTP');
  });

  it('is the record that a log hook carried', () => {
    expect(reproduced({ reception_protocol: 'LogRecord' }).notes).toEqual([
      expect.stringContaining('log record of another message'),
    ]);
  });

  it.each(['Reception', 'AdminBounce', 'Expiration', 'OOB', 'Feedback', 'Delayed'])(
    'is the attempt, where there was none: %s',
    (type) => {
      expect(reproduced({ type }).notes).toHaveLength(2);
    },
  );
});

describe('a log record that cannot be delivered again', () => {
  it('is a Rejection', () => {
    expect(reproductionOf(recordOf({ type: 'Rejection', queue: '' }))).toContain(
      'refused this mail',
    );
  });

  it('has no queue', () => {
    expect(reproductionOf(recordOf({ queue: '' }))).toContain('names no queue');
  });
});
