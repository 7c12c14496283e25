import { describe, expect, it } from 'vitest';
import type { ScenarioDraft } from '../../../electron/bridge/contract.ts';
import { draftLines } from '../../../renderer/scenarios/draft-words.ts';

const draft: ScenarioDraft = {
  kind: 'deliver',
  queue: 'amqp',
  count: 1,
  sessions: 1,
  declares: { exchanges: [], queues: [], bindings: 0 },
};
const dialects = [{ name: 'rabbitmq-4', title: 'RabbitMQ 4', changes: [] }];
const ofDelivery = { kind: 'delivery', id: 1 } as const;
const ofRun = { ...ofDelivery, wholeRun: true } as const;

function words(
  changed: Partial<ScenarioDraft>,
  from: Parameters<typeof draftLines>[1] = ofDelivery,
): Record<string, string> {
  const lines = draftLines({ ...draft, ...changed }, from, dialects);
  return Object.fromEntries(lines.map((line) => [line.title, line.words]));
}

describe('what is delivered', () => {
  it('is one message', () => {
    expect(words({}).Delivers).toBe('one message to amqp');
  });

  it('is a number of messages over sessions', () => {
    expect(words({ count: 40, sessions: 2 }).Delivers).toBe('40 messages over 2 sessions, to amqp');
  });

  it('is as many as a time allows, whatever the most is', () => {
    expect(words({ count: 1_000_000, seconds: 10 }).Delivers).toBe('messages for 10 s, to amqp');
  });

  it('is nothing for a queue that is not delivered here', () => {
    expect(Object.keys(words({ kind: 'resolve' }))).toEqual(['Asks', 'Expects']);
  });
});

describe('the broker', () => {
  it('is an embedded one with everything that was changed on it', () => {
    expect(words({ fault: 'nack', dialect: 'rabbitmq-4', confirmTimeoutMs: 500 }).Broker).toBe(
      'an embedded one of its own, as RabbitMQ 4, fault nack, confirms within 500 ms',
    );
  });

  it('is another one, whose queues and faults are not ours', () => {
    const { Broker, Declares } = words({ broker: 'staging' });
    expect([Broker, Declares]).toEqual(['staging', undefined]);
  });

  it('gets what was declared by hand, by name while that is short', () => {
    const declares = { exchanges: ['logs'], queues: ['a', 'b'], bindings: 1 };
    expect(words({ declares }).Declares).toBe(
      'the queues of definitions.json, and queues a, b, exchange logs, 1 binding',
    );
  });

  it('gets so many queues when their names would fill the dialog', () => {
    const queues = Array.from({ length: 7 }, (_, index) => `q${index}`);
    expect(words({ declares: { exchanges: [], queues, bindings: 0 } }).Declares).toBe(
      'the queues of definitions.json, and 7 queues',
    );
  });
});

describe('what is expected', () => {
  it('of a whole run is its counts', () => {
    expect(words({ count: 40 }, ofRun).Expects).toContain('as many records');
  });

  it('of a run by time is its kinds, because no two runs deliver as many', () => {
    expect(words({ seconds: 10 }, ofRun).Expects).toContain('the kinds of records');
  });
});
