import { describe, expect, it } from 'vitest';
import type { MessageForm } from '../../../../electron/bridge/runs.ts';
import { createMessageFactory, messageSourceOf } from '../../../../electron/host/message-form.ts';
import { createMessageId } from '../../../../lua-runtime/kumod/message-id.ts';
import {
  formOfMessage,
  scenarioBrokerOf,
} from '../../../../electron/host/scenarios/scenario-of.ts';

it.each<MessageForm>([
  {
    queue: 'spring:acme@example.com!mx.example.net',
    sender: '',
    recipient: 'a@b.example, c@d.example',
    meta: { weight: 7, tenant: 'acme' },
    headers: 'Subject: a\r\nX-Folded: one\r\n two',
    body: 'Grüße\r\n',
  },
  {
    queue: 'amqp',
    sender: 'sender@example.com',
    recipient: 'user@example.com',
    meta: {},
    headers: '',
    body: '{"type":"Delivery"}\n',
  },
])('reads a recorded message back to a form that makes the same message: $queue', (form) => {
  const make = createMessageFactory(messageSourceOf(form), 1);
  const { data, ...sent } = make(1);
  const recorded = {
    ...sent,
    kind: 'message' as const,
    at: 1,
    data: Buffer.from(data).toString('latin1'),
  };

  const again = formOfMessage(recorded, 1);

  expect(again).toMatchObject({ headers: form.headers, body: form.body, queue: form.queue });
  const { data: bytes, meta } = createMessageFactory(messageSourceOf(again), 1)(1);
  expect({ data: bytes, meta }).toEqual({ data, meta: sent.meta });
});

describe('a recorded message that was tried before', () => {
  const SEED = 7;
  const recorded = (given: Pick<MessageForm, 'id'>) => ({
    ...createMessageFactory(
      messageSourceOf({
        ...{ queue: 'amqp', sender: '', recipient: '', meta: {}, headers: '', body: '' },
        ...given,
        numAttempts: 2,
      }),
      SEED,
    )(1),
    kind: 'message' as const,
    at: Date.now(),
    data: '',
  });

  it('keeps its attempts, and the id that it was given', () => {
    const id = createMessageId(Date.now(), 1, SEED + 1);
    expect(formOfMessage(recorded({ id }), SEED)).toMatchObject({ id, numAttempts: 2 });
  });

  it('gets a new id in each run when it was made for its own, however long it waited', () => {
    const waited = { ...recorded({}), at: Date.now() + 3_600_000 };
    expect(formOfMessage(waited, SEED)).not.toHaveProperty('id');
  });
});

describe('the broker that a scenario keeps', () => {
  const embedded = { id: 'embedded', kind: 'embedded', name: 'Embedded broker' } as const;
  const confirms = { confirms: 'broker', confirmTimeoutMs: 5_000 } as const;

  it('is nothing when all is as it is by default', () => {
    const now = { fault: undefined, dialect: 'rabbitmq-3.10' } as const;
    expect(scenarioBrokerOf({ ...embedded, ...confirms }, now)).toEqual({});
  });

  it('is the faults, the dialect and what the script sees', () => {
    const now = { fault: 'nack@every=3', dialect: 'rabbitmq-4' } as const;
    const profile = { ...embedded, confirms: 'kumod', confirmTimeoutMs: 900 } as const;
    expect(scenarioBrokerOf(profile, now)).toEqual({
      fault: 'nack@every=3',
      dialect: 'rabbitmq-4',
      confirms: 'kumod',
      confirm_timeout_ms: 900,
    });
  });

  it('is the name of a profile, without the faults of the embedded broker and without secrets', () => {
    const connection = { host: 'mq', port: 5672, username: 'u', vhost: '/' };
    const profile = { id: 'x', kind: 'broker', name: 'Staging', connection, ...confirms } as const;
    const now = { fault: 'nack', dialect: 'rabbitmq-4' } as const;
    expect(scenarioBrokerOf(profile, now)).toEqual({ profile: 'Staging' });
  });
});
