import { describe, expect, it } from 'vitest';
import { buildQueueName } from '../../../renderer/simulate/queue-name.ts';

const none = { domain: 'amqp', tenant: '', campaign: '', routingDomain: '' };

describe('buildQueueName', () => {
  it.each([
    [{}, 'amqp'],
    [{ tenant: 'acme' }, 'acme@amqp'],
    [{ tenant: 'acme', campaign: 'spring' }, 'spring:acme@amqp'],
    [{ campaign: 'spring' }, 'spring:@amqp'],
    [{ routingDomain: 'mx.example' }, 'amqp!mx.example'],
    [
      { tenant: 'acme', campaign: 'spring', routingDomain: 'mx.example' },
      'spring:acme@amqp!mx.example',
    ],
    [{ domain: 'example.com:2025' }, 'example.com:2025'],
  ])('writes %o as %s', (parts, queue) => {
    expect(buildQueueName({ ...none, ...parts })).toBe(queue);
  });
});
