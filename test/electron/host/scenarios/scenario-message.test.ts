import { describe, expect, it } from 'vitest';
import type { MessageForm } from '../../../../electron/bridge/runs.ts';
import {
  deliveryOfForm,
  formOfDelivery,
  messageSourceOfScenario,
} from '../../../../electron/host/scenarios/scenario-message.ts';

const form: MessageForm = {
  queue: 'amqp',
  sender: 'sender@example.com',
  recipient: '',
  meta: {},
  headers: '',
  body: '',
};

describe('the form in a scenario', () => {
  it.each<readonly [string, Partial<MessageForm>, object]>([
    ['leaves out what is the default', {}, { queue: 'amqp' }],
    ['keeps a null sender', { sender: '' }, { queue: 'amqp', sender: '' }],
    [
      'has JSON as JSON',
      { body: '{"type":"Delivery","n":1}\n' },
      { queue: 'amqp', message: { json: { type: 'Delivery', n: 1 } } },
    ],
    [
      'keeps JSON that is written otherwise as it is',
      { body: '{"type": "Delivery"}' },
      { queue: 'amqp', message: { body: '{"type": "Delivery"}' } },
    ],
    [
      'has lines as lines',
      { headers: 'Subject: a\r\nTo: b', body: 'one\r\n\r\ntwo\r\n' },
      { queue: 'amqp', message: { headers: ['Subject: a', 'To: b'], body: ['one', '', 'two'] } },
    ],
    [
      'keeps other line ends',
      { body: 'one\ntwo\n' },
      { queue: 'amqp', message: { body: 'one\ntwo\n' } },
    ],
    [
      'keeps the attempts before it, and an id that was given',
      { id: 'c90b9c00e8b211f180017130c3e16daa', numAttempts: 2 },
      { queue: 'amqp', id: 'c90b9c00e8b211f180017130c3e16daa', num_attempts: 2 },
    ],
  ])('%s, and reads back to the same form', (_, change, delivery) => {
    const whole = { ...form, ...change };
    expect(deliveryOfForm(whole)).toEqual(delivery);
    expect(formOfDelivery(deliveryOfForm(whole), '')).toEqual(whole);
  });
});

describe('the message of a scenario', () => {
  it('is its headers, an empty line and its body', () => {
    const { data } = messageSourceOfScenario(
      { queue: 'x', message: { headers: ['Subject: a'], body: ['b'] } },
      undefined,
    );
    expect(new TextDecoder().decode(data)).toBe('Subject: a\r\n\r\nb\r\n');
  });

  it('is a file as it is', () => {
    const bytes = new Uint8Array([0, 255, 10]);
    const { data } = messageSourceOfScenario({ queue: 'x', message: { file: 'm.eml' } }, bytes);
    expect(data).toEqual(bytes);
  });

  it('goes to the queue that its parts name', () => {
    const queue = { domain: 'example.com', tenant: 'acme', campaign: 'spring' };
    expect(messageSourceOfScenario({ queue }, undefined).queue).toBe('spring:acme@example.com');
  });
});
