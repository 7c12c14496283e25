import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import type { Coverage, LogPointReading } from '../../../../lua-runtime/debugger/run-reading.ts';
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

  it('goes back to where a variable got its value', async () => {
    const run = await debugRun({ engine, policy: SENDER, breakpoints: { lines: [onLine(14)] } });
    await run.nextStop();
    const { frames } = await run.target.ask({ kind: 'stack', thread: 1, start: 0, count: 1 });
    const scopes = await run.target.ask({ kind: 'scopes', frame: frames[0]?.id ?? 0 });
    const ref = scopes.find(({ name }) => name === 'Locals')?.ref ?? 0;
    await run.after(run.target.runBackToLastChange({ ref, name: 'payload' }));
    expect(run.where()).toBe('init.lua:10');
    expect(run.target.position().live).toBe(false);
    await run.after(run.target.resume({ kind: 'step-over' }));
    expect(await run.evaluate('payload')).toContain('message 1');
  });

  it('keeps to the context that is shown, and counts each by itself', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER.replace("return '250 ok'", "error('no')"),
      launch: { delivery: { queue: 'amqp', count: 3 } },
      breakpoints: { lines: [onLine(14)] },
    });
    const first = await run.nextStop();
    expect(run.target.position().context).toBe(1);
    const second = await run.after(run.target.resume({ kind: 'continue' }));
    expect(run.target.position()).toMatchObject({ context: 2, live: true });
    // It does not load queues again, so it is at that line sooner.
    expect(second.tick).toBeLessThan(first.tick);
    expect(await run.after(run.target.reverseContinue())).toMatchObject({
      reason: 'start',
      tick: 1,
    });
    expect(run.target.position()).toMatchObject({ context: 2, live: false });
    await run.after(run.target.resume({ kind: 'continue' }));
    expect(run.target.position()).toMatchObject({ context: 2, live: true });
    expect(inQueue(run)).toBe(2);
  });

  it('reads what was not recorded: log points added afterwards, coverage', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      launch: { delivery: { queue: 'amqp', count: 2 } },
      breakpoints: { lines: [{ ...onLine(11), hitCondition: '2' }] },
    });
    await run.nextStop();
    const [point] = await run.target.read<readonly LogPointReading[]>({
      kind: 'log-points',
      points: [{ id: 1, file: 'init.lua', line: 11, logMessage: '{payload}' }],
      limit: 10,
    });
    expect(point?.values.map(({ text }) => text)).toEqual(['message 1', 'message 2']);
    const coverage = await run.target.read<Coverage>({ kind: 'coverage', values: false });
    const lines = coverage.files[0]?.lines ?? [];
    expect(lines.find(({ line }) => line === 14)?.hits).toBe(1);
    expect(lines.find(({ line }) => line === 16)?.hits).toBe(0);
    expect(inQueue(run)).toBe(1);
  });
});
