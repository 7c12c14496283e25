import { describe, expect, it } from 'vitest';
import type { EffectiveQueueConfig } from '../../../lua-runtime/kumo/kumo-module.ts';
import { ENGINE_IDS, KumoFixture } from './kumo-fixture.ts';

const DEFAULTS = {
  retry_interval: '20m',
  max_retry_interval: null,
  max_age: '7days',
  egress_pool: null,
  max_message_rate: null,
  protocol: { smtp: { mx_list: [], treat_mx_list_as_secure: false } },
  reap_interval: '10m',
  refresh_interval: '1m',
  timerwheel_tick_interval: null,
  strategy: 'SingletonTimerWheel',
  refresh_strategy: 'Ttl',
  provider_name: null,
  shrink_policy: [],
};

describe.each(ENGINE_IDS)('make_queue_config on %s', (engine) => {
  const fixture = new KumoFixture(engine);
  const effective = (table: string): EffectiveQueueConfig => {
    fixture.entries.length = 0;
    fixture.results(`return kumo.make_queue_config(${table})`);
    expect(fixture.kumo.isQueueConfig(fixture.L, 1)).toBe(true);
    const read = fixture.kumo.readQueueConfig(fixture.L, 1);
    if (!read.ok) throw new Error(read.error);
    return read.value;
  };

  it('has kumod defaults', () => {
    const read = effective('{}');
    expect(read).toEqual({
      config: DEFAULTS,
      fieldsSet: [],
      protocol: { kind: 'smtp', mx_list: [] },
      retryIntervalSeconds: 1200,
      maxAgeSeconds: 604_800,
    });
    expect(Object.keys(read.config)).toEqual(Object.keys(DEFAULTS));
    expect(fixture.kumo.defaultQueueConfig()).toEqual(read);
  });

  it('takes every field', () => {
    const read = effective(`{
      retry_interval = 1.5, max_retry_interval = '1h 30m', max_age = 90061,
      egress_pool = 'pool', max_message_rate = 'local:1_000/30min,max_burst=10',
      protocol = { custom_lua = { constructor = 'make.amqp', batch_size = 4, min_batch_size = 2,
        max_batch_latency = '500ms' } },
      reap_interval = 0, refresh_interval = '1ms 2us 3ns', timerwheel_tick_interval = '2s',
      strategy = 'TimerWheel', refresh_strategy = 'Epoch', provider_name = 'p',
      shrink_policy = { { interval = '1m', policy = 'NoShrink' }, { interval = 5, policy = 'ShrinkData' } },
    }`);
    expect(read.config).toEqual({
      retry_interval: '1s 500ms',
      max_retry_interval: '1h 30m',
      max_age: '1day 1h 1m 1s',
      egress_pool: 'pool',
      max_message_rate: 'local:1000/1800s,max_burst=10',
      protocol: {
        custom_lua: {
          constructor: 'make.amqp',
          batch_size: 4,
          min_batch_size: 2,
          max_batch_latency: '500ms',
        },
      },
      reap_interval: '0s',
      refresh_interval: '1ms 2us 3ns',
      timerwheel_tick_interval: '2s',
      strategy: 'TimerWheel',
      refresh_strategy: 'Epoch',
      provider_name: 'p',
      shrink_policy: [
        { interval: '1m', policy: 'NoShrink' },
        { interval: '5s', policy: 'ShrinkData' },
      ],
    });
    expect(read.fieldsSet).toEqual(Object.keys(DEFAULTS));
    expect(read.protocol).toEqual({
      kind: 'custom_lua',
      constructor_event: 'make.amqp',
      batch_size: 4,
      min_batch_size: 2,
      max_batch_latency: '500ms',
    });
    expect(read.retryIntervalSeconds).toBe(1.5);
    expect(read.maxRetryIntervalSeconds).toBe(5400);
    expect(read.maxAgeSeconds).toBe(90_061);
  });

  it('reads every protocol variant', () => {
    expect(effective("{protocol={maildir_path='/x', dir_mode=493}}").config.protocol).toEqual({
      maildir_path: '/x',
      dir_mode: 493,
      file_mode: null,
    });
    expect(effective("{protocol={xfer={target='http://Other.example'}}}").config.protocol).toEqual({
      xfer: { target: 'http://other.example/' },
    });
    const smtp = effective(
      "{protocol={smtp={mx_list={'mx.example:2525', {name='n', addr='10.0.0.1:25'}}}}}",
    );
    expect(smtp.protocol).toEqual({
      kind: 'smtp',
      mx_list: ['mx.example:2525', { name: 'n', addr: '10.0.0.1:25', is_secure: false }],
    });
    expect(effective("{protocol={custom_lua={constructor='c'}}}").config.protocol).toEqual({
      custom_lua: { constructor: 'c', batch_size: 1, min_batch_size: 1, max_batch_latency: '0s' },
    });
  });

  it('warns about keys that kumod ignores beside and inside the protocol', () => {
    effective("\n{protocol={custom_lua={constructor='c'}, retries=3}}");
    expect(fixture.entriesOf('warning')).toEqual([
      expect.objectContaining({
        code: 'field-ignored',
        text: expect.stringContaining('`protocol.retries`') as string,
        location: { file: 'init.lua', line: 2 },
      }),
    ]);
    effective("{protocol={smtp={mxlist={'a'}}}}");
    expect(fixture.entriesOf('warning').map(({ text }) => text)).toEqual([
      expect.stringContaining('`protocol.smtp.mxlist`'),
    ]);
  });

  it('can be indexed and iterated but not changed', () => {
    expect(
      fixture.results(`
        local c = kumo.make_queue_config{max_age='2h', protocol={custom_lua={constructor='c'}}}
        local names = {}
        for name in pairs(c) do names[#names + 1] = name end
        table.sort(names)
        return c.max_age, c.protocol.custom_lua.batch_size, #c, c.nope, #names, names[1], c[1]`),
    ).toEqual(['2h', '1', '0', 'nil', '13', 'egress_pool', 'nil']);
    expect(fixture.errorMessage('kumo.make_queue_config{}.max_age = 5')).toContain(
      'attempt to index a QueueConfig value',
    );
    expect(fixture.results('return tostring(kumo.make_queue_config{})')[0]).toMatch(
      /^QueueConfig: /,
    );
  });

  it('gives null pointers for absent options, which are true', () => {
    expect(
      fixture.results(`
        local c = kumo.make_queue_config{}
        return tostring(c.egress_pool), type(c.egress_pool), c.egress_pool == c.provider_name,
          c.egress_pool and 'true' or 'false', kumo.json_encode{x = c.egress_pool}`),
    ).toEqual(['userdata: (nil)', 'userdata', 'true', 'true', '{"x":null}']);
  });

  it('does not accept its own default protocol back', () => {
    expect(fixture.errorMessage('kumo.make_queue_config(kumo.make_queue_config{})')).toContain(
      'untagged enum DeliveryProto',
    );
    expect(
      effective("kumo.make_queue_config{max_age='2h', protocol={custom_lua={constructor='c'}}}")
        .config.max_age,
    ).toBe('2h');
  });

  it('says what a handler returned instead', () => {
    const { vm, L, kumo } = fixture;
    const errorFor = (source: string): string => {
      fixture.results(source);
      vm.setTop(L, 1);
      const read = kumo.readQueueConfig(L, 1);
      return read.ok ? 'ok' : read.error;
    };
    expect(errorFor('return nil')).toBe('error converting Lua nil to QueueConfig');
    expect(errorFor('return {}')).toBe('error converting Lua table to QueueConfig');
    expect(errorFor('return 5')).toBe('error converting Lua integer to QueueConfig');
    expect(errorFor("return select(2, pcall(kumo.reject, 500, 'x'))")).toBe(
      'userdata is not expected type',
    );
  });
});
