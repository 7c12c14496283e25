import { describe, expect, it } from 'vitest';
import {
  createMessageId,
  dashedUuid,
  messageIdTime,
  seededUuid,
} from '../../../lua-runtime/kumod/message-id.ts';

describe('a message id', () => {
  it('carries the creation time to 100 ns', () => {
    const created = Date.UTC(2026, 7, 1, 10, 20, 30, 400) + 0.1235;
    expect(messageIdTime(createMessageId(created, 1, 1))).toEqual({
      seconds: Math.floor(created / 1000),
      nanoseconds: 400_123_500,
    });
  });

  it('is read as in an id that kumod made', () => {
    // The example of KumoMTA crates/spool/src/spool_id.rs 10.
    // Decoded by Python's uuid module.
    expect(messageIdTime('d7ef132b5d7711eea8c8000c29c33806')).toEqual({
      seconds: Date.UTC(2023, 8, 27, 20, 53, 0) / 1000,
      nanoseconds: 32_490_700,
    });
  });

  it('is a UUID of version 1 with a random node', () => {
    expect(createMessageId(Date.UTC(2026, 0, 1), 5, 99)).toMatch(
      /^[0-9a-f]{12}1[0-9a-f]{3}[89ab][0-9a-f]{3}[0-9a-f][13579bdf][0-9a-f]{10}$/,
    );
  });

  it('differs from message to message and repeats with the seed', () => {
    const ids = (seed: number) =>
      Array.from({ length: 40_000 }, (_, i) => createMessageId(1_780_000_000_000, i, seed));
    expect(new Set(ids(1)).size).toBe(40_000);
    expect(createMessageId(1_780_000_000_000, 7, 1)).toBe(createMessageId(1_780_000_000_000, 7, 1));
    expect(createMessageId(1_780_000_000_000, 7, 1)).not.toBe(
      createMessageId(1_780_000_000_000, 7, 2),
    );
  });

  it.each(['', 'abc', 'd7ef132b5d7741eea8c8000c29c33806', 'zzef132b5d7711eea8c8000c29c33806'])(
    'has no time when it is %j',
    (id) => {
      expect(messageIdTime(id)).toBeUndefined();
    },
  );

  it('has a dashed form', () => {
    expect(dashedUuid('d7ef132b5d7711eea8c8000c29c33806')).toBe(
      'd7ef132b-5d77-11ee-a8c8-000c29c33806',
    );
  });
});

describe('a seeded UUID', () => {
  it('is of version 4 and repeats', () => {
    expect(seededUuid(1, 'node')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(seededUuid(1, 'node')).toBe(seededUuid(1, 'node'));
    expect(seededUuid(1, 'node')).not.toBe(seededUuid(1, 'session/1'));
  });
});
