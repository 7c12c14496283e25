import { describe, expect, it } from 'vitest';
import { notDeliverableReason, readyQueueName } from '../../../lua-runtime/kumod/ready-queue.ts';
import type { QueueResolution, ResolvedProtocol } from '../../../lua-runtime/recording/entries.ts';

const CUSTOM_LUA: ResolvedProtocol = {
  kind: 'custom_lua',
  constructor_event: 'make.amqp',
  batch_size: 1,
  min_batch_size: 1,
  max_batch_latency: '0s',
};

describe('a ready queue name', () => {
  it.each<[ResolvedProtocol, string]>([
    [CUSTOM_LUA, 'unspecified->example.com@lua:make.amqp'],
    [
      { kind: 'maildir', path: '/var/mail/{{email}}' },
      'unspecified->example.com@maildir:/var/mail/{{email}}',
    ],
    [{ kind: 'xfer', target: 'http://node:8000/' }, 'unspecified->example.com@xfer'],
    [{ kind: 'null' }, 'unspecified->example.com@null'],
    [
      { kind: 'smtp', mx_list: ['mx1', { name: 'mx2', addr: '10.0.0.1:2525' }] },
      'unspecified->mx_list:mx1,10.0.0.1:2525@smtp_client',
    ],
  ])('is made of source, site and protocol: %j', (protocol, name) => {
    expect(readyQueueName({ domain: 'example.com' }, protocol, 'unspecified')).toMatchObject({
      name,
      exact: true,
    });
  });

  it('says that an SMTP site needs an MX lookup', () => {
    const smtp: ResolvedProtocol = { kind: 'smtp', mx_list: [] };
    expect(readyQueueName({ domain: 'example.com' }, smtp, 'ip-1')).toEqual({
      name: 'ip-1->example.com@smtp_client',
      site_name: 'example.com',
      exact: false,
    });
  });

  it('leaves tenant and campaign out and follows the routing domain', () => {
    const parts = { domain: 'd', tenant: 't', campaign: 'c', routing_domain: 'r' };
    expect(readyQueueName(parts, CUSTOM_LUA, 'unspecified').name).toBe(
      'unspecified->r@lua:make.amqp',
    );
  });
});

describe('why a queue cannot be delivered here', () => {
  const resolution = (changes: Partial<QueueResolution>): QueueResolution => ({
    queue: 'q',
    parts: { domain: 'q' },
    handlers_asked: 1,
    fields_set: [],
    ready_queue: 'unspecified->q@lua:make.amqp',
    duration_us: 1,
    ...changes,
  });

  it('is nothing for custom_lua', () => {
    expect(notDeliverableReason(resolution({ protocol: CUSTOM_LUA }))).toBeUndefined();
  });

  it.each<[ResolvedProtocol | undefined, RegExp]>([
    [{ kind: 'smtp', mx_list: [] }, /goes out by SMTP/],
    [{ kind: 'maildir', path: '/m' }, /maildir \/m/],
    [{ kind: 'xfer', target: 'http://n/' }, /KumoMTA node http:\/\/n\//],
    [{ kind: 'null' }, /discards every message/],
    [undefined, /no delivery protocol/],
  ])('is said in a sentence with a remedy for %j', (protocol, expected) => {
    const changes = protocol === undefined ? {} : { protocol };
    const reason = notDeliverableReason(resolution(changes));
    expect(reason).toMatch(expected);
    expect(reason).toMatch(/custom_lua = \{ constructor = … \}/);
  });

  it('names the error of a policy that cannot answer', () => {
    const error = { text: 'long', summary: 'boom', traceback: [] };
    expect(notDeliverableReason(resolution({ error }))).toBe(
      'kumod cannot create the queue q: boom. Correct the policy first.',
    );
  });

  it('names an egress pool whose sources are unknown', () => {
    const { ready_queue: _, ...without } = resolution({ protocol: CUSTOM_LUA, egress_pool: 'p' });
    expect(notDeliverableReason(without)).toMatch(/egress pool p/);
  });
});
