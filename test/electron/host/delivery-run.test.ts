import { describe, expect, it } from 'vitest';
import { SENDER } from './debug/debugged-run.ts';
import { recordedRun } from './recorded-run.ts';

describe('the recording of a run', () => {
  it('tells of each message in the order in which it went through the policy', async () => {
    const entries = await recordedRun('lua54', SENDER, { count: 50 });
    // The first one has the session's beginning among its entries.
    for (let message = 2; message <= 50; message++) {
      const told = entries
        .filter((entry) => entry.message === message)
        .map((entry) => ('name' in entry ? `${entry.kind} ${entry.name}` : entry.kind));
      const [first, called, asked, published] = told;
      expect([first, called, asked, published]).toEqual([
        'message',
        'call',
        'host-call amqp.publish',
        'publish',
      ]);
      expect(told.at(-1)).toBe('record');
    }
  });
});
