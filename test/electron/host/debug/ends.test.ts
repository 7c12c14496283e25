import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import { debugRun, inQueue, onLine, SENDER, until } from './debugged-run.ts';

const EVENTS = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain, tenant)
  local pool = tenant or 'none'
  return kumo.make_queue_config { egress_pool = pool }
end)
kumo.on('my.event', function(options)
  local sum = 0
  for _, n in ipairs(options.numbers) do
    sum = sum + n
  end
  if options.fail then error('as asked') end
  return sum
end)
`;

describe.each(ENGINES)('the end of a run on %s', (engine) => {
  it('is shown as a stop from which one can go back', async () => {
    const run = await debugRun({ engine, policy: SENDER, launch: { stopOnEnd: true } });
    const end = await run.nextStop();
    expect(run.ends).toEqual([{ exitCode: 0 }]);
    expect(end).toMatchObject({ reason: 'end', description: 'The run is over.' });
    // The last line of `close`.
    expect(run.where()).toBe('init.lua:20');
    expect(run.target.position()).toMatchObject({ live: false, tick: end.tick, last: end.tick });
    await run.after(run.target.stepBack());
    expect(run.where()).toBe('init.lua:19');
    await run.after(run.target.seek(1));
    expect(run.where()).toBe('init.lua:1');
    // Forward to the end once more, and beyond it.
    expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
      reason: 'end',
      tick: end.tick,
    });
    expect(inQueue(run)).toBe(1);
    await run.target.resume({ kind: 'continue' });
    await until(() => run.isEnded);
    expect(run.ends).toHaveLength(1);
    await expect(run.target.resume({ kind: 'continue' })).rejects.toThrow('The run is over');
  });

  it('has a breakpoint on its way', async () => {
    const run = await debugRun({ engine, policy: SENDER, launch: { stopOnEnd: true } });
    await run.nextStop();
    await run.target.setBreakpoints({ lines: [onLine(12)], functions: [], events: [] });
    await run.after(run.target.seek(1));
    expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
      reason: 'breakpoint',
      breakpoints: [12],
    });
    expect(await run.evaluate('payload')).toContain('message 1');
    expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
      reason: 'end',
    });
    expect(await run.after(run.target.reverseContinue())).toMatchObject({
      reason: 'breakpoint',
      breakpoints: [12],
    });
    expect(await run.after(run.target.reverseContinue())).toMatchObject({
      reason: 'start',
      tick: 1,
    });
  });

  it('is shown of a policy that does not load', async () => {
    const run = await debugRun({
      engine,
      policy: 'local x = 1\nerror("no luck")',
      launch: { stopOnEnd: true },
    });
    const end = await run.nextStop();
    expect(run.ends).toEqual([{ exitCode: 1, problem: 'init.lua:2: no luck' }]);
    expect(end).toMatchObject({ reason: 'end', location: { file: 'init.lua', line: 2 } });
    expect(await run.evaluate('x')).toBe('1');
  });

  it('tells a syntax error and has nothing to show', async () => {
    const run = await debugRun({
      engine,
      policy: 'local x = = 1',
      launch: { stopOnEnd: true },
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'end', tick: 0 });
    expect(run.ends[0]?.problem).toMatch(/^init\.lua:1: /);
    expect(await run.target.ask({ kind: 'threads' })).toEqual([]);
    expect(await run.target.ask({ kind: 'stack', thread: 1, start: 0, count: 9 })).toEqual({
      frames: [],
      total: 0,
    });
    await expect(run.evaluate('x')).rejects.toThrow('there is nothing to look at');
    // Looked for once more, and not found to be a fault of the workbench.
    expect(await run.after(run.target.stepBack())).toMatchObject({ reason: 'end', tick: 0 });
    await run.target.resume({ kind: 'continue' });
    await until(() => run.isEnded);
    expect(run.ends).toHaveLength(1);
  });
});

describe.each(ENGINES)('an event on %s', (engine) => {
  it('is fired with its arguments, and gone back in', async () => {
    const run = await debugRun({
      engine,
      policy: EVENTS,
      launch: { event: { name: 'my.event', args: [{ numbers: [1, 2, 3] }] } },
      breakpoints: { lines: [onLine(12)] },
    });
    await run.nextStop();
    expect(await run.evaluate('sum')).toBe('6');
    await run.after(run.target.seek(run.target.position().tick - 6));
    expect(run.target.position().live).toBe(false);
    expect(await run.evaluate('sum')).not.toBe('6');
    await run.target.resume({ kind: 'continue' });
    // The breakpoint at the newest line, which is shown live again.
    expect(await run.nextStop()).toMatchObject({ reason: 'breakpoint', breakpoints: [12] });
    expect(run.target.position().live).toBe(true);
    await run.target.resume({ kind: 'continue' });
    expect(await run.ended()).toEqual({ exitCode: 0 });
  });

  it('resolves a queue', async () => {
    const run = await debugRun({
      engine,
      policy: EVENTS,
      launch: { event: { name: 'get_queue_config', args: ['example.com', 'acme'] } },
    });
    expect(await run.ended()).toEqual({ exitCode: 0 });
    expect(run.target.entries().find(({ kind }) => kind === 'queue-config')).toMatchObject({
      resolution: { queue: 'acme@example.com', egress_pool: 'acme' },
    });
  });

  it('says what failed, and what is not there', async () => {
    const failing = { name: 'my.event', args: [{ numbers: [], fail: true }] };
    const failed = await debugRun({ engine, policy: EVENTS, launch: { event: failing } });
    expect(await failed.ended()).toEqual({ exitCode: 1, problem: 'init.lua:11: as asked' });
    const missing = { name: 'other.event', args: [] };
    const unknown = await debugRun({ engine, policy: EVENTS, launch: { event: missing } });
    expect(await unknown.ended()).toEqual({
      exitCode: 1,
      problem: 'The policy registers nothing for the event other.event.',
    });
    const nameless = { name: 'get_queue_config', args: [] };
    const domainless = await debugRun({ engine, policy: EVENTS, launch: { event: nameless } });
    expect((await domainless.ended()).problem).toContain('takes a domain');
  });
});
