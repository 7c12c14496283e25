import { describe, expect, it } from 'vitest';
import {
  effectiveRoutingDomain,
  formatQueueName,
  messageQueueName,
  parseQueueName,
} from '../../../lua-runtime/kumod/queue-name.ts';
import type { JsonValue } from '../../../lua-runtime/recording/entries.ts';

describe('a scheduled queue name', () => {
  it.each([
    ['example.com', { domain: 'example.com' }],
    ['tenant@example.com', { domain: 'example.com', tenant: 'tenant' }],
    ['c:t@example.com', { domain: 'example.com', tenant: 't', campaign: 'c' }],
    ['c:@example.com', { domain: 'example.com', tenant: '', campaign: 'c' }],
    [':t@example.com', { domain: 'example.com', tenant: 't', campaign: '' }],
    ['@example.com', { domain: 'example.com', tenant: '' }],
    ['example.com:2025', { domain: 'example.com:2025' }],
    ['example.com!mx.net', { domain: 'example.com', routing_domain: 'mx.net' }],
    ['t@example.com!mx.net', { domain: 'example.com', tenant: 't', routing_domain: 'mx.net' }],
    ['a@b@c', { domain: 'b@c', tenant: 'a' }],
    ['a:b:c@d', { domain: 'd', tenant: 'b:c', campaign: 'a' }],
    ['d!r1!r2', { domain: 'd', routing_domain: 'r1!r2' }],
    ['te!nant@d', { domain: 'd', tenant: 'te!nant' }],
    ['', { domain: '' }],
  ])('%j is split at the first separators and written back', (name, parts) => {
    expect(parseQueueName(name)).toEqual(parts);
    expect(formatQueueName(parts)).toBe(name);
  });

  it('writes a campaign without a tenant with an empty tenant', () => {
    expect(formatQueueName({ domain: 'd', campaign: 'c' })).toBe('c:@d');
  });

  it('routes by the routing domain, else by the domain', () => {
    expect(effectiveRoutingDomain({ domain: 'd', routing_domain: 'r' })).toBe('r');
    expect(effectiveRoutingDomain({ domain: 'd' })).toBe('d');
  });
});

describe('the queue of a message', () => {
  const queueOf = (
    meta: { [key: string]: JsonValue },
    domain: string | undefined = 'Example.COM',
  ) => messageQueueName((key) => meta[key], domain);

  it('is the metadata queue verbatim when there is one', () => {
    expect(queueOf({ queue: 'X:Y@Z', tenant: 'ignored' })).toBe('X:Y@Z');
    expect(queueOf({ queue: '' })).toBe('');
  });

  it('is built from metadata and the lower-cased recipient domain otherwise', () => {
    expect(queueOf({})).toBe('example.com');
    expect(queueOf({ tenant: 'T', campaign: 'C' })).toBe('C:T@example.com');
    expect(queueOf({ campaign: 'C', routing_domain: 'Mx' })).toBe('C:@example.com!Mx');
    expect(queueOf({ tenant: null })).toBe('example.com');
  });

  it.each<[JsonValue, string]>([
    [5, 'Number(5)'],
    [true, 'Bool(true)'],
    [[1, 'a'], 'Array [Number(1), String("a")]'],
    [{ a: null }, 'Object {"a": Null}'],
  ])('cannot be computed from a tenant that is %j', (tenant, debug) => {
    expect(() => queueOf({ tenant })).toThrow(
      `expected 'tenant' to be a string value, got Ok(${debug})`,
    );
  });

  it('cannot be computed without a recipient', () => {
    expect(() => messageQueueName(() => undefined, undefined)).toThrow('recipient list is empty!?');
  });
});
