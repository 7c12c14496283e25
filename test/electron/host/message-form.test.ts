import { describe, expect, it } from 'vitest';
import { createMessageFactory, messageSourceOf } from '../../../electron/host/message-form.ts';
import type { MessageForm } from '../../../electron/bridge/runs.ts';

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

describe('a message of kumod’s log', () => {
  const logged = { id: '2ef7e0e0e96d11f180017130c3e16daa', created: 1_000, numAttempts: 3 };

  it('is the first of its run', () => {
    const make = createMessageFactory(messageSourceOf(form({ logged })), 1);
    expect(make(1)).toMatchObject({ id: logged.id, created: 1_000, num_attempts: 3 });
    const second = make(2);
    expect(second.num_attempts).toBe(0);
    expect(second.id).not.toBe(logged.id);
  });

  it('gets an id and an age where the log had none', () => {
    const made = messageOf({ logged: { id: '', numAttempts: 0 } });
    expect(made.id).toMatch(/^[0-9a-f]{32}$/);
    expect(Math.abs(made.created - Date.now())).toBeLessThan(60_000);
  });
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
