import { describe, expect, it } from 'vitest';
import { createMessageFactory, messageSourceOf } from '../../../electron/host/message-form.ts';
import type { MessageForm } from '../../../electron/bridge/runs.ts';
import { createMessageId } from '../../../lua-runtime/kumod/message-id.ts';

function form(change: Partial<MessageForm>): MessageForm {
  return {
    queue: 'example.com',
    sender: 'a@b.example',
    recipient: 'user@example.com',
    meta: {},
    headers: '',
    body: '',
    ...change,
  };
}

function messageOf(change: Partial<MessageForm>) {
  return createMessageFactory(messageSourceOf(form(change)), 1)(1);
}

function dataOf(change: Partial<MessageForm>): string {
  return new TextDecoder().decode(messageOf(change).data);
}

describe('the data of a message', () => {
  it('is the body exactly as it is when there are no headers', () => {
    expect(dataOf({ body: '{"type":"Delivery"}\n' })).toBe('{"type":"Delivery"}\n');
    expect(dataOf({ body: 'é', headers: ' \n' })).toBe('é');
  });

  it('has the headers with CRLF and an empty line before the body', () => {
    expect(dataOf({ headers: 'Subject: a\nX-B: c\n', body: 'one\ntwo' })).toBe(
      'Subject: a\r\nX-B: c\r\n\r\none\ntwo',
    );
  });
});

describe('the id of a message', () => {
  const id = createMessageId(Date.parse('2026-11-25T09:30:00Z'), 1, 1);

  it('is that of the first one of its run, which is as old as it says', () => {
    const make = createMessageFactory(messageSourceOf(form({ id })), 1);
    expect(make(1)).toMatchObject({ id, created: Date.parse('2026-11-25T09:30:00Z') });
    expect(make(2).id).not.toBe(id);
  });

  it('is a new one where none is given', () => {
    const made = messageOf({ id: '' });
    expect(made.id).toMatch(/^[0-9a-f]{32}$/);
    expect(Math.abs(made.created - Date.now())).toBeLessThan(60_000);
  });

  it('is refused where kumod could not have made it', () => {
    expect(() => messageOf({ id: 'm-17' })).toThrow('The id "m-17" is none of kumod\'s; write');
  });
});

it('gives every message of a run its attempts', () => {
  const make = createMessageFactory(messageSourceOf(form({ numAttempts: 3 })), 1);
  expect([make(1).num_attempts, make(2).num_attempts]).toEqual([3, 3]);
});

describe('the recipient of a message', () => {
  it('is in the domain of the queue', () => {
    expect(messageOf({ queue: 'acme@mail.example', recipient: '' }).recipients).toEqual([
      'recipient@mail.example',
    ]);
  });

  it('is another one when the queue has a domain that takes no mail', () => {
    expect(messageOf({ queue: 'a b@', recipient: '' }).recipients).toEqual([
      'recipient@example.com',
    ]);
  });
});

describe('the metadata of a message', () => {
  it('gets tenant, campaign and routing domain from the queue name', () => {
    expect(messageOf({ queue: 'spring:acme@example.com!relay.example' }).meta).toEqual({
      tenant: 'acme',
      campaign: 'spring',
      routing_domain: 'relay.example',
    });
  });

  it('names the queue when the recipient leads elsewhere', () => {
    expect(messageOf({ queue: 'amqp' }).meta).toEqual({ queue: 'amqp' });
    expect(messageOf({ queue: 'acme@amqp' }).meta).toEqual({ tenant: 'acme', queue: 'acme@amqp' });
  });

  it('is never changed where the person set it', () => {
    const meta = { tenant: 'other', x_list: [1, 2] };
    expect(messageOf({ queue: 'acme@example.com', meta }).meta).toEqual({
      ...meta,
      queue: 'acme@example.com',
    });
  });
});

describe('the envelope of a message', () => {
  it('goes to somebody at the domain of the queue when no recipient is given', () => {
    expect(messageOf({ queue: 'acme@example.com', recipient: '' }).recipients).toEqual([
      'recipient@example.com',
    ]);
  });

  it('has several recipients, and the null sender', () => {
    const message = messageOf({ recipient: 'a@example.com, b@example.com', sender: '' });
    expect(message).toMatchObject({ sender: '', recipients: ['a@example.com', 'b@example.com'] });
  });

  it.each([
    [{ recipient: 'nobody' }, /The recipient "nobody" is not an address/],
    [{ sender: 'a b@c' }, /The sender "a b@c" is not an address/],
    [{ queue: '' }, /Name a queue/],
  ])('refuses %j with what to write', (change, sentence) => {
    expect(() => messageOf(change)).toThrow(sentence);
  });

  it('gives each message an id of its own', () => {
    const make = createMessageFactory(messageSourceOf(form({})), 1);
    const ids = Array.from({ length: 1_000 }, (_, n) => make(n + 1).id);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});
