import { describe, expect, it } from 'vitest';
import { ENGINE_IDS, KumoFixture, type Answers } from './kumo-fixture.ts';

const BROKER: Answers = {
  'amqp.connect': () => ({ client: 3 }),
  'amqp.publish': () => ({ publish: 11 }),
  'amqp.wait_confirm': () => ({ status: 'Nack', reply_code: 312, reply_text: 'NO_ROUTE' }),
  'amqp.close': () => null,
  'amqp.basic_publish': () => ({ publish: 12 }),
};

describe.each(ENGINE_IDS)('kumo.amqp.build_client on %s', (engine) => {
  it('connects, publishes, waits and closes', () => {
    const fixture = new KumoFixture(engine, BROKER);
    expect(
      fixture.results(`
        local client = kumo.amqp.build_client 'amqp://user:secret@localhost'
        local confirm = client:publish {
          routing_key = 'logging', payload = 'héllo', exchange = 'e',
          options = { mandatory = true },
          properties = { content_type = 'text/plain', delivery_mode = 2, kind = 'k', timestamp = 17,
            headers = { a = { ShortString = 'x' }, b = { LongInt = 5 }, c = { LongString = {104, 105} } } },
        }
        local result = confirm:wait()
        client:close()
        return result.status, result.reply_code, result.reply_text, kumo.json_encode_pretty(result) ~= ''`),
    ).toEqual(['Nack', '312', 'NO_ROUTE', 'true']);
    expect(fixture.hostCalls).toEqual([
      { name: 'amqp.connect', input: { uri: 'amqp://user:secret@localhost' } },
      {
        name: 'amqp.publish',
        input: {
          client: 3,
          api: 'amqp.publish',
          exchange: 'e',
          routing_key: 'logging',
          mandatory: true,
          immediate: false,
          properties: {
            content_type: 'text/plain',
            delivery_mode: 2,
            type: 'k',
            timestamp: 17,
            headers: { a: 'x', b: 5, c: 'hi' },
          },
          payload: new TextEncoder().encode('héllo'),
          location: { file: 'init.lua', line: 4 },
        },
      },
      { name: 'amqp.wait_confirm', input: { publish: 11 } },
      { name: 'amqp.close', input: { client: 3 } },
    ]);
  });

  it('records every call with its place, without passwords and whole payloads', () => {
    const fixture = new KumoFixture(engine, BROKER);
    fixture.results(`
      local client = kumo.amqp.build_client 'amqp://user:secret@localhost/v'
      client:publish { routing_key = 'r', payload = string.rep('x', 5000) }`);
    const [connect, publish] = fixture.entriesOf('host-call');
    expect(connect).toMatchObject({
      name: 'amqp.connect',
      input: { uri: 'amqp://user:***@localhost/v' },
      location: { file: 'init.lua', line: 3 },
      message: 7,
    });
    expect(publish).toMatchObject({
      name: 'amqp.publish',
      input: { size: 5000, payload_preview: 'x'.repeat(120) },
      location: { file: 'init.lua', line: 4 },
    });
    expect(fixture.entriesOf('host-result').map(({ call, output }) => [call, output])).toEqual([
      [connect?.call, { client: 3 }],
      [publish?.call, { publish: 11 }],
    ]);
  });

  it('raises what the connection says', () => {
    const fixture = new KumoFixture(engine, {
      'amqp.connect': () => {
        throw new Error('IO error: Connection refused (os error 111)');
      },
    });
    const failure = fixture.failure("\nkumo.amqp.build_client 'amqp://localhost'");
    expect(failure.summary).toBe('IO error: Connection refused (os error 111)');
    expect(failure.location).toEqual({ file: 'init.lua', line: 3 });
    expect(fixture.entriesOf('host-result')[0]?.error).toBe(failure.summary);
  });

  it('waits for a confirm only once', () => {
    const fixture = new KumoFixture(engine, BROKER);
    expect(
      fixture.errorMessage(`
        local confirm = kumo.amqp.build_client('amqp://x'):publish { routing_key = '', payload = '' }
        confirm:wait()
        confirm:wait()`),
    ).toBe('confirmation already taken!?');
  });

  it('publishes with a timeout', () => {
    const fixture = new KumoFixture(engine, {
      ...BROKER,
      'amqp.wait_confirm': () => ({ status: 'Ack' }),
    });
    expect(
      fixture.results(`
        local client = kumo.amqp.build_client 'amqp://x'
        local result = client:publish_with_timeout({ routing_key = 'r', payload = 'p' }, 1500)
        return result.status, result.reply_code`),
    ).toEqual(['Ack', 'nil']);
    expect(fixture.hostCalls.slice(1)).toMatchObject([
      { input: { api: 'amqp.publish_with_timeout' } },
      { input: { publish: 11, timeout_ms: 1500 } },
    ]);
    expect(
      fixture.errorMessage("kumo.amqp.build_client('amqp://x'):publish_with_timeout({})"),
    ).toBe(
      'bad argument #3 to `AMQPClient.publish_with_timeout`: error converting Lua nil to u64 (expected number or string coercible to number)',
    );
  });

  describe('where Lua cannot suspend the script', () => {
    const BOUNDARY = 'runtime error: attempt to yield across a C-call boundary';
    const inSort = (call: string) => `
      local client = kumo.amqp.build_client 'amqp://x'
      local message = { routing_key = 'r', payload = 'p' }
      table.sort({ 1, 2 }, function(a, b) ${call} return a < b end)`;

    it('refuses to connect, as kumod does', () => {
      const fixture = new KumoFixture(engine, BROKER);
      expect(fixture.errorMessage(inSort("kumo.amqp.build_client 'amqp://y'"))).toBe(BOUNDARY);
      expect(fixture.hostCalls).toHaveLength(1);
      expect(fixture.entriesOf('warning')).toMatchObject([
        {
          code: 'cannot-wait',
          text: expect.stringContaining('from inside `sort`') as string,
          location: { file: 'init.lua', line: 5 },
        },
      ]);
    });

    it.each([
      ['client:publish(message)', ['amqp.publish']],
      ['client:publish_with_timeout(message, 10)', ['amqp.publish']],
      ['client:close()', ['amqp.close']],
    ])('%s is on its way when the error is raised', (call, calls) => {
      const fixture = new KumoFixture(engine, BROKER);
      expect(fixture.errorMessage(inSort(call))).toBe(BOUNDARY);
      expect(fixture.hostCalls.slice(1).map(({ name }) => name)).toEqual(calls);
    });

    it('basic_publish sends nothing', () => {
      const fixture = new KumoFixture(engine, BROKER);
      const publish =
        "kumo.amqp.basic_publish { routing_key = '', payload = '', connection = { host = 'h' } }";
      expect(fixture.errorMessage(inSort(publish))).toBe(BOUNDARY);
      expect(fixture.hostCalls.map(({ name }) => name)).toEqual(['amqp.connect']);
    });

    it('a confirm that kumod never waits for can be asked anywhere', () => {
      const fixture = new KumoFixture(engine, BROKER);
      fixture.results(`
        local confirm = kumo.amqp.build_client('amqp://x'):publish { routing_key = '', payload = '' }
        local status
        table.sort({ 1, 2 }, function(a, b) status = status or confirm:wait() return a < b end)`);
      expect(fixture.entriesOf('warning')).toEqual([]);
    });

    it.each([
      ['pcall', 'pcall(function() return client:publish(message) end)'],
      ['xpcall', 'xpcall(function() return client:publish(message) end, print)'],
      ['an iterator', 'for _ in function() client:publish(message) end do end'],
      [
        'a metamethod',
        'local _ = setmetatable({}, { __index = function() client:publish(message) end }).x',
      ],
    ])('waits inside %s', (_where, call) => {
      const fixture = new KumoFixture(engine, BROKER);
      fixture.results(`
        local client = kumo.amqp.build_client 'amqp://x'
        local message = { routing_key = 'r', payload = 'p' }
        ${call}`);
      expect(fixture.hostCalls.map(({ name }) => name)).toEqual(['amqp.connect', 'amqp.publish']);
      expect(fixture.entriesOf('warning')).toEqual([]);
    });

    it('waits in a coroutine, and says that kumod does not', () => {
      const fixture = new KumoFixture(engine, BROKER);
      const status = fixture.results(`
        local client = kumo.amqp.build_client 'amqp://x'
        return coroutine.wrap(function()
          return client:publish { routing_key = 'r', payload = 'p' }:wait().status
        end)()`);
      expect(status).toEqual(['Nack']);
      expect(fixture.entriesOf('warning')).toMatchObject([
        { code: 'cannot-wait', text: expect.stringContaining('client:publish') as string },
      ]);
    });
  });

  it('warns about fields that lapin ignores', () => {
    const fixture = new KumoFixture(engine, BROKER);
    fixture.results(`
      kumo.amqp.build_client('amqp://x'):publish {
        routing_key = 'r', payload = 'p', routingkey = 'x', options = { mandatroy = true },
        properties = { contenttype = 'x' } }`);
    expect(
      fixture
        .entriesOf('warning')
        .map(({ code, text }) => [code, /`([^`]*)`/.exec(text)?.[1]])
        .sort(),
    ).toEqual([
      ['field-ignored', 'options.mandatroy'],
      ['field-ignored', 'properties.contenttype'],
      ['field-ignored', 'routingkey'],
    ]);
  });

  it.each([
    [
      "{routing_key='a', payload='\\xff'}",
      'invalid value: byte array, expected a string',
      undefined,
    ],
    ["{routing_key='a'}", 'missing field `payload`', '{"routing_key":"a"}'],
    ["{payload='a'}", 'missing field `routing_key`', '{"payload":"a"}'],
    ['nil', 'invalid type: nil, expected table', 'null'],
    ['{payload={}}', 'invalid type: map, expected a string', '{"payload":{}}'],
    [
      '{options={mandatory=1}}',
      'invalid type: integer `1`, expected a boolean',
      '{"options":{"mandatory":1}}',
    ],
    [
      '{properties={delivery_mode=300}}',
      'invalid value: integer `300`, expected u8',
      '{"properties":{"delivery_mode":300}}',
    ],
    [
      '{properties={1}}',
      'invalid type: integer `1`, expected field identifier',
      '{"properties":[1]}',
    ],
    ['{properties={headers={a=1}}}', 'bad enum value', '{"properties":{"headers":{"a":1}}}'],
  ])('refuses %s', (table, message, json) => {
    const fixture = new KumoFixture(engine, BROKER);
    const text = fixture.errorMessage(`kumo.amqp.build_client('amqp://x'):publish(${table})`);
    const start = `deserialize error: ${message}, while processing `;
    expect(text.slice(0, start.length)).toBe(start);
    if (json !== undefined) expect(text).toBe(start + json);
  });
});

describe.each(ENGINE_IDS)('kumo.amqp.basic_publish on %s', (engine) => {
  it('hands everything over and returns nothing', () => {
    const fixture = new KumoFixture(engine, BROKER);
    expect(
      fixture.results(`return kumo.amqp.basic_publish {
        routing_key = 'r', payload = 'p', exchange = 'e', mandatory = true, content_type = 'text/plain',
        message_type = 't', delivery_mode = 2, timestamp = 17, headers = {0, {}},
        connection = { host = 'h', vhost = '/', connect_timeout = '1.5s', pool_size = 4, password = 'p' } }`),
    ).toEqual([]);
    expect(fixture.hostCalls).toEqual([
      {
        name: 'amqp.basic_publish',
        input: {
          api: 'amqp.basic_publish',
          exchange: 'e',
          routing_key: 'r',
          mandatory: true,
          immediate: false,
          properties: {
            content_type: 'text/plain',
            type: 't',
            delivery_mode: 2,
            timestamp: 17,
            headers: {},
          },
          payload: new TextEncoder().encode('p'),
          location: { file: 'init.lua', line: 2 },
          connection: {
            host: 'h',
            port: 5672,
            username: 'guest',
            password: 'p',
            vhost: '/',
            enable_tls: false,
            pool_size: 4,
            connect_timeout_ms: 1500,
          },
        },
      },
    ]);
    expect(JSON.stringify(fixture.entriesOf('host-call'))).not.toContain('password');
  });

  it.each([
    [
      "{connection={host='h', foo=1}}",
      'unknown field `foo`, expected one of `host`, `port`, `username`, `password`, `vhost`, `connection_name`, `heartbeat`, `enable_tls`, `root_ca_cert`, `client_cert`, `client_private_key`, `confirm_select`, `pool_size`, `connect_timeout`, `recycle_timeout`, `wait_timeout`, `publish_timeout`',
    ],
    [
      '{foo=1}',
      'unknown field `foo`, expected one of `routing_key`, `payload`, `connection`, `app_id`, `cluster_id`, `content_encoding`, `content_type`, `correlation_id`, `delivery_mode`, `expiration`, `headers`, `message_id`, `message_type`, `priority`, `reply_to`, `timestamp`, `user_id`, `exchange`, `mandatory`, `immediate`',
    ],
    ["{routing_key='a', payload='b'}", 'missing field `connection`'],
    ['{connection={}}', 'missing field `host`'],
    ["{payload='b'}", 'missing field `routing_key`'],
    ['{connection={port=70000}}', 'invalid value: integer `70000`, expected u16'],
    ["{connection={port='5672'}}", 'invalid type: string "5672", expected u16'],
    ['{delivery_mode=300}', 'invalid value: integer `300`, expected u8'],
    ["{mandatory='yes'}", 'invalid type: string "yes", expected a boolean'],
    ['{headers={a=1}}', 'invalid length 0, expected tuple struct FieldTable with 2 elements'],
    ['{headers={}}', 'invalid length 0, expected tuple struct FieldTable with 2 elements'],
    ["{headers='x'}", 'invalid type: string, expected table'],
    ["{payload='\\xff'}", 'invalid value: byte array, expected a string'],
    ['nil', 'invalid type: nil, expected table'],
  ])('refuses %s without showing the table', (table, message) => {
    const fixture = new KumoFixture(engine, BROKER);
    expect(fixture.errorMessage(`kumo.amqp.basic_publish(${table})`)).toBe(
      `deserialize error: ${message}`,
    );
    expect(fixture.hostCalls).toEqual([]);
  });
});
