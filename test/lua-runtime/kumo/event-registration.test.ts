import { describe, expect, it } from 'vitest';
import { MULTI_EVENTS, SINGLE_EVENTS } from '../../../lua-runtime/kumo/events.ts';
import { ENGINE_IDS, KumoFixture } from './kumo-fixture.ts';

describe.each(ENGINE_IDS)('kumo.on on %s', (engine) => {
  it('is reached by require only', () => {
    const fixture = new KumoFixture(engine);
    expect(fixture.run("kumo.on('init', print)")?.text).toContain("global 'kumo'");
    expect(fixture.results('return type(kumo.on)')).toEqual(['function']);
  });

  it('keeps the handlers of a multi event in order, with their places', () => {
    const fixture = new KumoFixture(engine);
    fixture.results(`
      kumo.on('get_queue_config', function() return 'first' end)
      kumo.on('get_queue_config', function()
        return 'second'
      end)`);
    const handlers = fixture.kumo.registrations.handlers('get_queue_config');
    expect(
      handlers.map(({ kind, location, registeredAt }) => ({ kind, location, registeredAt })),
    ).toEqual([
      {
        kind: 'multi',
        location: { file: 'init.lua', line: 3 },
        registeredAt: { file: 'init.lua', line: 3 },
      },
      {
        kind: 'multi',
        location: { file: 'init.lua', line: 4 },
        registeredAt: { file: 'init.lua', line: 4 },
      },
    ]);
    const { vm, L, kumo } = fixture;
    vm.setTop(L, 0);
    vm.pushRef(L, handlers[1]?.ref ?? 0);
    expect(kumo.call(L, 0, 1)).toBeUndefined();
    expect(vm.toText(L, 1)).toBe('second');
  });

  it('refuses a second handler for any other event', () => {
    const fixture = new KumoFixture(engine);
    const text = fixture.errorMessage(`
      kumo.on('my.event', function()
      end)
      kumo.on('my.event', function() end)`);
    expect(text).toBe('my.event event already has a handler defined at init.lua:3');
  });

  it('accepts unknown names and lists those that nothing names', () => {
    const fixture = new KumoFixture(engine);
    fixture.results(`
      kumo.on('get_queue_konfig', print)
      kumo.on('make.amqp', print)
      kumo.on('init', print)
      kumo.on('log_disposition_mine', print)`);
    const unknown = fixture.kumo.registrations.unknown(new Set(['make.amqp']));
    expect(unknown.map(({ event, registeredAt }) => [event, registeredAt?.line])).toEqual([
      ['get_queue_konfig', 3],
    ]);
    expect(fixture.kumo.registrations.all().map(({ kind }) => kind)).toEqual([
      'other',
      'other',
      'single',
      'single',
    ]);
  });

  it('refuses registration inside a handler, except in main', () => {
    const fixture = new KumoFixture(engine);
    fixture.kumo.setCurrentEvent('init');
    expect(fixture.results('return _KUMO_CURRENT_EVENT')).toEqual(['init']);
    expect(fixture.errorMessage("kumo.on('pre_init', print)")).toBe(
      "Attempting to register an event handler via `kumo.on('pre_init', ...)` from within the " +
        "event handler 'init'. You must move your event handler registration so that it is setup " +
        'directly when the policy is loaded in order for it to consistently trigger and handle events.',
    );
    fixture.kumo.setCurrentEvent('main');
    expect(fixture.results("return kumo.on('pre_init', print)")).toEqual([]);
  });

  it.each([
    ["kumo.on('x')", 'bad argument #2: error converting Lua nil to function'],
    [
      'kumo.on()',
      'bad argument #1: error converting Lua nil to String (expected string or number)',
    ],
    [
      'kumo.on({}, print)',
      'bad argument #1: error converting Lua table to String (expected string or number)',
    ],
    ["kumo.on('x', 5)", 'bad argument #2: error converting Lua integer to function'],
  ])('%s', (source, text) => {
    expect(new KumoFixture(engine).errorMessage(source)).toBe(text);
  });
});

describe('the catalogue of events', () => {
  it('has exactly seven multi events, none of them single', () => {
    expect([...MULTI_EVENTS].sort()).toEqual([
      'get_acl_definition',
      'get_queue_config',
      'pre_init',
      'requeue_message',
      'should_enqueue_log_record',
      'throttle_insert_ready_queue',
      'validate_config',
    ]);
    expect([...SINGLE_EVENTS].filter((name) => MULTI_EVENTS.has(name))).toEqual([]);
  });
});
