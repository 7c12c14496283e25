import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import { debugRun, inQueue, onLine, SENDER } from './debugged-run.ts';

describe.each(ENGINES)('a live run on %s', (engine) => {
  it('stops at a breakpoint and goes on to the end', async () => {
    const run = await debugRun({ engine, policy: SENDER, breakpoints: { lines: [onLine(10)] } });
    const stop = await run.nextStop();
    expect(stop).toMatchObject({ reason: 'breakpoint', breakpoints: [10] });
    expect(run.where()).toBe('init.lua:10');
    expect(await run.evaluate('self.count')).toBe('1');
    expect(run.target.position()).toMatchObject({ context: 1, tick: stop.tick, live: true });
    await run.target.resume({ kind: 'continue' });
    expect(await run.ended()).toEqual({ exitCode: 0 });
    expect(inQueue(run)).toBe(1);
  });

  it('stops before the first line', async () => {
    const run = await debugRun({ engine, policy: SENDER, launch: { stopOnEntry: true } });
    expect(await run.nextStop()).toMatchObject({ reason: 'entry', tick: 1 });
    expect(run.where()).toBe('init.lua:1');
    await run.target.resume({ kind: 'step-over' });
    await run.nextStop();
    expect(run.where()).toBe('init.lua:2');
  });

  it('steps back over what was published, and publishes nothing twice', async () => {
    const run = await debugRun({ engine, policy: SENDER, breakpoints: { lines: [onLine(13)] } });
    const frontier = await run.nextStop();
    expect(inQueue(run)).toBe(1);
    for (const line of [12, 11, 10, 9]) {
      await run.after(run.target.stepBack());
      expect(run.where()).toBe(`init.lua:${line}`);
    }
    expect(run.target.position()).toMatchObject({ live: false, last: frontier.tick });
    expect(inQueue(run)).toBe(1);
    // Forward again, through the past into the present.
    for (const line of [10, 11, 12, 13]) {
      await run.after(run.target.resume({ kind: 'step-over' }));
      expect(run.where()).toBe(`init.lua:${line}`);
    }
    expect(run.target.position()).toMatchObject({ live: true, tick: frontier.tick });
    await run.target.resume({ kind: 'continue' });
    expect(await run.ended()).toEqual({ exitCode: 0 });
    expect(inQueue(run)).toBe(1);
  });
});
