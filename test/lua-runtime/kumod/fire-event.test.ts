import { describe, expect, it } from 'vitest';
import { compareRecordings } from '../../../lua-runtime/recording/compare-recordings.ts';
import { replayRecording } from '../../../lua-runtime/recording/replayer.ts';
import { ENGINES, runPolicy, startVm } from './policy-run.ts';

const POLICY = `
local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  print(domain, tenant, campaign, routing_domain)
  return kumo.make_queue_config { egress_pool = tenant }
end)
kumo.on('my.event', function(count, options, nothing)
  print(math.type(count), options.list[2], nothing)
  if options.fail then error 'as asked' end
  return true
end)
kumo.on('main', function(...) print('main', ...) end)
`;

describe.each(ENGINES)('an event fired by hand on %s', (engine) => {
  it('calls the handler with the JSON as Lua values', () => {
    const { runtime, entries } = runPolicy(engine, POLICY);
    const end = runtime.fireEvent('my.event', [3, { list: ['a', 'b'] }, null]);
    expect(end).toEqual({ registered: true });
    expect(entries.find(({ kind }) => kind === 'print')).toMatchObject({ text: 'integer\tb\tnil' });
    expect(entries.find(({ kind }) => kind === 'event')).toMatchObject({
      event: 'my.event',
      arguments: [3, { list: ['a', 'b'] }, null],
    });
  });

  it('says what failed, and that nothing is registered', () => {
    const { runtime, entries } = runPolicy(engine, POLICY);
    const failed = runtime.fireEvent('my.event', [1, { list: [], fail: true }]);
    expect(failed).toMatchObject({ registered: true, failure: { summary: 'as asked' } });
    expect(entries.at(-1)).toMatchObject({ kind: 'error', during: 'my.event' });
    expect(runtime.fireEvent('no.such.event', [])).toEqual({ registered: false });
  });

  it('resolves the queue that the arguments of get_queue_config name', () => {
    const { runtime, entries } = runPolicy(engine, POLICY);
    expect(runtime.fireEvent('get_queue_config', ['example.com', 'acme'])).toEqual({
      registered: true,
    });
    expect(entries.at(-1)).toMatchObject({
      kind: 'queue-config',
      resolution: { queue: 'acme@example.com', egress_pool: 'acme' },
    });
    expect(() => runtime.fireEvent('get_queue_config', [])).toThrow('takes a domain');
  });

  it('is repeated by a replay, once', () => {
    const { runtime, entries } = runPolicy(engine, POLICY);
    runtime.fireEvent('my.event', [3, { list: ['a', 'b'] }]);
    runtime.fireEvent('get_queue_config', ['example.com', 'acme', 'spring']);
    runtime.fireEvent('main', ['x']);
    const replayed = replayRecording(entries, { createVm: startVm });
    expect(replayed).toHaveLength(entries.length);
    expect(compareRecordings(entries, replayed)).toBeUndefined();
  });
});
