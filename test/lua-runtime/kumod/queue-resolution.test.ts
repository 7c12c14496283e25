import { describe, expect, it } from 'vitest';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import { ENGINES, runPolicy, sendPolicy } from './policy-run.ts';

const handlers = (...bodies: string[]): string =>
  [
    "local kumo = require 'kumo'",
    ...bodies.map(
      (body) =>
        `kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain) ${body} end)`,
    ),
  ].join('\n');

describe.each(ENGINES)('resolving a queue on %s', (engine) => {
  it('gives the handler the parts of the name', () => {
    const { runtime, entries } = runPolicy(
      engine,
      handlers('print(domain, tenant, campaign, routing_domain, _KUMO_CURRENT_EVENT)'),
    );
    runtime.resolveQueue('c:t@d!r');
    runtime.resolveQueue('c:@d');
    runtime.resolveQueue('d');
    expect(entriesOfKind(entries, 'print').map(({ text }) => text)).toEqual([
      'd\tt\tc\tr\tget_queue_config',
      'd\t\tc\tnil\tget_queue_config',
      'd\tnil\tnil\tnil\tget_queue_config',
    ]);
    expect(entriesOfKind(entries, 'call')[0]?.arguments).toEqual(['d', 't', 'c', 'r']);
    expect(entriesOfKind(entries, 'return')[0]?.values).toEqual([]);
  });

  it('tells the effective config, the handler, the protocol and the ready queue', () => {
    const { runtime, entries } = runPolicy(
      engine,
      sendPolicy("return 'ok'", "retry_interval = '5 minutes', max_age = '1 day',"),
    );
    const resolution = runtime.resolveQueue('camp:acme@amqp');
    expect(resolution).toMatchObject({
      queue: 'camp:acme@amqp',
      parts: { domain: 'amqp', tenant: 'acme', campaign: 'camp' },
      handler: { file: 'init.lua', line: 3 },
      handlers_asked: 1,
      fields_set: ['retry_interval', 'max_age', 'protocol'],
      config: { retry_interval: '5m', max_age: '1day', egress_pool: null },
      protocol: {
        kind: 'custom_lua',
        constructor_event: 'make.amqp',
        batch_size: 1,
        constructor_location: { file: 'init.lua', line: 9 },
      },
      egress_pool: 'unspecified',
      egress_source: 'unspecified',
      ready_queue: 'unspecified->amqp@lua:make.amqp',
    });
    expect(resolution.error).toBeUndefined();
    expect(entriesOfKind(entries, 'queue-config')).toMatchObject([{ resolution }]);
  });

  it('asks handler after handler until one returns a value', () => {
    const { runtime } = runPolicy(
      engine,
      handlers(
        'return',
        'local nothing = function() end return nothing()',
        "return kumo.make_queue_config { egress_pool = 'third' }",
        "error('never asked')",
      ),
    );
    expect(runtime.resolveQueue('d')).toMatchObject({
      handlers_asked: 3,
      handler: { file: 'init.lua', line: 4 },
      egress_pool: 'third',
      fields_set: ['egress_pool'],
    });
  });

  it('does not know the ready queue of an egress pool', () => {
    const { runtime } = runPolicy(
      engine,
      handlers("return kumo.make_queue_config { egress_pool = 'p' }"),
    );
    const resolution = runtime.resolveQueue('d');
    expect(resolution).not.toHaveProperty('ready_queue');
    expect(resolution).not.toHaveProperty('egress_source');
  });

  it.each([
    ['no handler', "local kumo = require 'kumo'", 0],
    ['handlers that all fall through', handlers('', 'return'), 2],
  ])('takes the defaults with %s', (_, policy, asked) => {
    const { runtime } = runPolicy(engine, policy);
    const resolution = runtime.resolveQueue('example.com');
    expect(resolution).toMatchObject({
      handlers_asked: asked,
      fields_set: [],
      config: { retry_interval: '20m', max_age: '7days' },
      protocol: { kind: 'smtp', mx_list: [] },
      ready_queue: 'unspecified->example.com@smtp_client',
    });
    expect(resolution).not.toHaveProperty('handler');
  });

  it.each([
    ['return nil', 'error converting Lua nil to QueueConfig'],
    ['return {}', 'error converting Lua table to QueueConfig'],
    ["return 'x'", 'error converting Lua string to QueueConfig'],
    ['return true', 'error converting Lua boolean to QueueConfig'],
    ['return nil, kumo.make_queue_config {}', 'error converting Lua nil to QueueConfig'],
  ])('fails for %j, and asks no further', (body, text) => {
    const { runtime, entries } = runPolicy(engine, handlers(body, "error('never asked')"));
    const resolution = runtime.resolveQueue('d');
    expect(resolution).toMatchObject({
      handlers_asked: 1,
      fields_set: [],
      error: { text, location: { file: 'init.lua', line: 2 } },
    });
    expect(resolution).not.toHaveProperty('config');
    expect(entriesOfKind(entries, 'error')).toMatchObject([{ during: 'get_queue_config' }]);
  });

  it('tells an error of the handler with its place', () => {
    const { runtime, entries } = runPolicy(engine, handlers('', "\n error('boom ' .. domain)"));
    const { error } = runtime.resolveQueue('d');
    expect(error?.text).toMatch(/^runtime error: init\.lua:4: boom d\nstack traceback:\n/);
    expect(error).toMatchObject({ summary: 'boom d', location: { file: 'init.lua', line: 4 } });
    expect(error?.traceback.at(-1)?.location).toEqual({ file: 'init.lua', line: 4 });
    expect(entriesOfKind(entries, 'return').at(-1)).toMatchObject({ failed: true, values: [] });
    expect(runtime.resolveQueue('e').error?.summary).toBe('boom e');
  });

  it('tells a wrong field in kumod words', () => {
    const { runtime } = runPolicy(
      engine,
      handlers("return kumo.make_queue_config { retry_intervall = '1m' }"),
    );
    expect(runtime.resolveQueue('d').error?.text).toMatch(
      /^deserialize error: unknown field `retry_intervall`, expected one of `retry_interval`, /,
    );
  });

  it.each([
    [
      'null',
      'null',
      'unspecified->null@null',
      { retry_interval: '10s', max_retry_interval: '10s' },
    ],
    [
      'http://node:8000/.xfer.kumomta.internal',
      'xfer',
      'unspecified->http://node:8000/.xfer.kumomta.internal@xfer',
      { retry_interval: '10s', protocol: { xfer: { target: 'http://node:8000/' } } },
    ],
    [
      'generator.kumomta.internal',
      undefined,
      'unspecified->generator.kumomta.internal@httpinject:generator',
      { retry_interval: '10s' },
    ],
    [
      'deferred_smtp_inject.kumomta.internal',
      undefined,
      'unspecified->deferred_smtp_inject.kumomta.internal@defersmtpinject',
      { retry_interval: '1m' },
    ],
  ])('does not ask the policy about %s', (queue, kind, ready, config) => {
    const { runtime } = runPolicy(engine, handlers("error('asked')"));
    const resolution = runtime.resolveQueue(queue);
    expect(resolution).toMatchObject({ handlers_asked: 0, ready_queue: ready, config });
    expect(resolution.protocol?.kind).toBe(kind);
  });

  it('asks the policy about other names that end alike', () => {
    const { runtime, entries } = runPolicy(engine, handlers('print(domain)'));
    runtime.resolveQueue('no-url.xfer.kumomta.internal');
    expect(entriesOfKind(entries, 'print')).toHaveLength(1);
  });
});
