import { expect, it } from 'vitest';
import { createMessageFactory, messageSourceOf } from '../../../../electron/host/message-form.ts';
import { formOfMessage } from '../../../../electron/host/scenarios/scenario-of.ts';

it.each([
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
  const { message: _, data, ...sent } = make(1);
  const recorded = {
    ...sent,
    kind: 'message' as const,
    at: 1,
    data: Buffer.from(data).toString('latin1'),
  };

  const again = formOfMessage(recorded);

  expect(again).toMatchObject({ headers: form.headers, body: form.body, queue: form.queue });
  const { data: bytes, meta } = createMessageFactory(messageSourceOf(again), 1)(1);
  expect({ data: bytes, meta }).toEqual({ data, meta: sent.meta });
});
