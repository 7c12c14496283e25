import { describe, expect, it } from 'vitest';
import {
  AmqpUriError,
  formatAddress,
  parseAmqpUri,
} from '../../../../electron/amqp/client/amqp-uri.ts';

const DEFAULTS = {
  host: 'localhost',
  port: 5672,
  username: 'guest',
  password: 'guest',
  vhost: '/',
};

describe('an AMQP URI', () => {
  // The examples of the RabbitMQ URI specification, appendix A, and amq-protocol-uri's own tests.
  it.each([
    [
      'amqp://user:pass@host:10000/vhost',
      { host: 'host', port: 10_000, username: 'user', password: 'pass', vhost: 'vhost' },
    ],
    [
      'amqp://user%61:%61pass@ho%61st:10000/v%2fhost',
      { host: 'hoast', port: 10_000, username: 'usera', password: 'apass', vhost: 'v/host' },
    ],
    ['amqp://', {}],
    ['amqp://:@/', { vhost: '', password: '' }],
    ['amqp://user@', { username: 'user' }],
    ['amqp://user:pass@', { username: 'user', password: 'pass' }],
    ['amqp://host', { host: 'host' }],
    ['amqp://:10000', { port: 10_000 }],
    ['amqp:///vhost', { vhost: 'vhost' }],
    ['amqp://host/', { host: 'host', vhost: '' }],
    ['amqp://host/%2F', { host: 'host' }],
    ['amqp://host//', { host: 'host' }],
    ['amqp://[::1]', { host: '::1' }],
    ['amqp://p%40ss:a%3ab@host', { host: 'host', username: 'p@ss', password: 'a:b' }],
    ['AMQP://host', { host: 'host' }],
    ['amqp://host?heartbeat=42&frame_max=64', { host: 'host', heartbeatSeconds: 42 }],
    ['amqps://host', { host: 'host', port: 5671, tls: {} }],
    [
      'amqps://host:1234/v?server_name_indication=name',
      { host: 'host', port: 1234, vhost: 'v', tls: { serverName: 'name' } },
    ],
  ])('%s is read', (uri, expected) => {
    expect(parseAmqpUri(uri)).toEqual({ ...DEFAULTS, ...expected });
  });

  it.each([
    ['localhost', 'form', 'not an AMQP URI'],
    ['http://localhost', 'scheme', 'starts with amqp:// or amqps://'],
    ['amqp://host:99999', 'port', 'from 1 to 65535'],
    ['amqp://user:secret/x@host', 'port', 'from 1 to 65535'],
    ['amqp://::1', 'host', 'in brackets'],
    ['amqp://host/%ff', 'percent-encoding', '%25'],
    ['amqp://host/%2f?heartbeat=soon', 'heartbeat', 'number of seconds'],
  ])('%s is refused with what to write instead', (uri, part, sentence) => {
    expect(() => parseAmqpUri(uri)).toThrow(AmqpUriError);
    expect(() => parseAmqpUri(uri)).toThrow(
      expect.objectContaining({ part, message: expect.stringContaining(sentence) as string }),
    );
  });

  it('never repeats what may be a password', () => {
    for (const uri of ['amqp://user:secret/x@host', 'amqp://a:b:secret@host:x', 'secret@host']) {
      expect(() => parseAmqpUri(uri)).toThrow(/^(?!.*secret)/s);
    }
  });

  it.each([
    'amqp://user:secret@host:5672/a%2Fb',
    'amqps://us%40er:secret@[::1]:5671/%2F',
    'amqp://user:secret@host:5672/',
  ])('%s is shown without its password and reads back as the same place', (uri) => {
    const shown = formatAddress(parseAmqpUri(uri));
    expect(shown).toBe(uri.replace(':secret', ''));
    expect(parseAmqpUri(shown)).toEqual({ ...parseAmqpUri(uri), password: 'guest' });
  });
});
