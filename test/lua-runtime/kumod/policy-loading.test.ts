import { describe, expect, it } from 'vitest';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import { createPolicyRuntime } from '../../../lua-runtime/kumod/policy-runtime.ts';
import { ENGINES, loadFailure, MemoryHost, runPolicy, sendPolicy, startVm } from './policy-run.ts';

describe.each(ENGINES)('loading a policy on %s', (engine) => {
  it('records its files, and its handlers with their places', () => {
    const { entries } = runPolicy(
      engine,
      `local kumo = require 'kumo'
local routes = require 'routes'
kumo.on('get_queue_config', routes.config)
kumo.on('init', function() end)
kumo.on('make.amqp', function() end)
return { constructor = 'make.amqp' }`,
      { files: { 'routes.lua': 'return {\n  config = function() end,\n}' } },
    );
    expect(entriesOfKind(entries, 'file').map(({ path }) => path)).toEqual([
      'init.lua',
      'routes.lua',
    ]);
    expect(entriesOfKind(entries, 'load')).toMatchObject([
      {
        handlers: [
          { event: 'get_queue_config', kind: 'multi', location: { file: 'routes.lua', line: 2 } },
          { event: 'init', kind: 'single', location: { file: 'init.lua', line: 4 } },
          { event: 'make.amqp', kind: 'constructor', location: { file: 'init.lua', line: 5 } },
        ],
      },
    ]);
  });

  it('tells what a main chunk raised, as kumod does at start', () => {
    const { failure, entries } = loadFailure(engine, "local x = 1\nerror('no luck')");
    expect(failure.text).toMatch(
      /^Error evaluating policy file "init\.lua": runtime error: init\.lua:2: no luck\nstack traceback:\n/,
    );
    expect(failure).toMatchObject({
      summary: 'no luck',
      location: { file: 'init.lua', line: 2 },
    });
    expect(entriesOfKind(entries, 'error')).toMatchObject([{ during: 'load', failure }]);
    expect(entriesOfKind(entries, 'load')).toHaveLength(0);
  });

  it('tells a syntax error with its place', () => {
    const { failure } = loadFailure(engine, "local kumo = require 'kumo'\n\nkumo.on(");
    expect(failure.text).toMatch(
      /^Error evaluating policy file "init\.lua": syntax error: init\.lua:3: unexpected symbol near/,
    );
    expect(failure.location).toEqual({ file: 'init.lua', line: 3 });
  });

  it('refuses a second handler of a single event', () => {
    const { failure } = loadFailure(
      engine,
      "local kumo = require 'kumo'\nkumo.on('init', function() end)\nkumo.on('init', function() end)",
    );
    expect(failure.summary).toMatch(
      /^init event already has a handler defined at .*init\.lua.*:2$/,
    );
  });

  it('warns of an event that nothing fires, and of the one that was meant', () => {
    const { entries } = runPolicy(
      engine,
      "local kumo = require 'kumo'\n\nkumo.on('message_requeued', function() end)",
    );
    expect(entriesOfKind(entries, 'warning')).toMatchObject([
      {
        code: 'unknown-event',
        text: "kumod never fires an event named 'message_requeued', so its handler never runs. Rename it if you meant 'requeue_message'.",
        location: { file: 'init.lua', line: 3 },
      },
    ]);
    expect(entriesOfKind(entries, 'load')[0]?.handlers).toMatchObject([{ kind: 'unknown' }]);
  });

  it('does not warn of a constructor, neither named nor computed', () => {
    const named = runPolicy(engine, sendPolicy("return 'ok'"));
    const computed = runPolicy(
      engine,
      `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.' .. domain } } }
end)
kumo.on('make.amqp', function() end)`,
    );
    expect(entriesOfKind(named.entries, 'warning')).toHaveLength(0);
    expect(entriesOfKind(computed.entries, 'warning')).toHaveLength(0);
  });

  it('has no global kumo, no debug library and no current event yet', () => {
    const { entries } = runPolicy(
      engine,
      'print(tostring(kumo), tostring(debug), tostring(_KUMO_CURRENT_EVENT))',
    );
    expect(entriesOfKind(entries, 'print')).toMatchObject([
      {
        source: 'print',
        level: 'info',
        text: 'nil\tnil\tnil',
        location: { file: 'init.lua', line: 1 },
      },
    ]);
  });

  it('records what is refused', () => {
    const { entries } = runPolicy(engine, "pcall(os.execute, 'ls')");
    expect(entriesOfKind(entries, 'warning')).toMatchObject([{ code: 'refused' }]);
    expect(entriesOfKind(entries, 'warning')[0]?.text).toMatch(/^os\.execute was refused: /);
  });

  it('records a clock that waits in a loop once a millisecond', () => {
    const { entries } = runPolicy(
      engine,
      'local start = os.clock() while os.clock() - start < 0.02 do end',
    );
    const ticks = entriesOfKind(entries, 'host-result').filter(({ name }) => name === 'clock');
    expect(ticks.length).toBeGreaterThan(15);
    expect(ticks.length).toBeLessThan(30);
  });
});

describe('a policy file', () => {
  it('must exist and be UTF-8', () => {
    const missing = createPolicyRuntime(startVm('lua54', 1), new MemoryHost({}), {
      policyFile: 'other/init.lua',
      seed: 1,
    });
    expect(missing).toMatchObject({
      ok: false,
      failure: {
        text: 'Error evaluating policy file "other/init.lua": reading policy file "other/init.lua": No such file or directory (os error 2)',
      },
    });
    const host = new MemoryHost({ 'init.lua': '' });
    host.readFile = () => Uint8Array.of(0x2d, 0x2d, 0xff);
    const binary = createPolicyRuntime(startVm('lua54', 1), host, {
      policyFile: 'init.lua',
      seed: 1,
    });
    expect(binary).toMatchObject({
      ok: false,
      failure: { summary: 'reading policy file "init.lua": stream did not contain valid UTF-8' },
    });
  });
});
