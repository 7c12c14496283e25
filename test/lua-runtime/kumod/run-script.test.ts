import { describe, expect, it } from 'vitest';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import { ENGINES, runPolicy } from './policy-run.ts';

const script = (body: string): string => `local kumo = require 'kumo'
kumo.on('main', function(...) ${body} end)`;

describe.each(ENGINES)('a policy run as a script on %s', (engine) => {
  it('gets its arguments as strings', () => {
    const run = runPolicy(
      engine,
      script('for i, v in ipairs { ... } do print(i, type(v), v) end print(_KUMO_CURRENT_EVENT)'),
    );
    expect(run.runtime.runScript(['one', '2'])).toEqual({ registered: true });
    expect(entriesOfKind(run.entries, 'print').map(({ text }) => text)).toEqual([
      '1\tstring\tone',
      '2\tstring\t2',
      'main',
    ]);
    expect(run.vm.getTop(run.vm.main)).toBe(0);
  });

  it('may register events, which no other event may', () => {
    const run = runPolicy(engine, script("kumo.on('init', function() end)"));
    expect(run.runtime.runScript([])).toEqual({ registered: true });
  });

  it('tells the error that ends it', () => {
    const run = runPolicy(engine, script("error('no luck')"));
    const { failure } = run.runtime.runScript([]);
    expect(failure?.text).toMatch(/^Shutdown due to error: runtime error: init\.lua:2: no luck\n/);
    expect(failure?.location).toEqual({ file: 'init.lua', line: 2 });
    expect(entriesOfKind(run.entries, 'error')).toMatchObject([{ during: 'main' }]);
    expect(run.vm.getTop(run.vm.main)).toBe(0);
  });

  it('does nothing without a handler for main', () => {
    const { runtime } = runPolicy(engine, "local kumo = require 'kumo'");
    expect(runtime.runScript(['x'])).toEqual({ registered: false });
  });
});
