import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import type { EventBreakpoint } from '../../../../lua-runtime/debugger/debugger-contract.ts';
import { debugRun, onLine, SENDER } from './debugged-run.ts';

const on = (event: EventBreakpoint['event'], id = 1): { events: EventBreakpoint[] } => ({
  events: [{ id, event }],
});

const UNHEARD = SENDER.replace(
  "local confirm = client:publish { routing_key = 'orders', payload = payload }\n    local result = confirm:wait()",
  `kumo.amqp.basic_publish { connection = { host = 'localhost' }, routing_key = 'orders', payload = payload }
    local result = { status = 'Ack' }`,
);

describe.each(ENGINES)('a stop outside of the script on %s', (engine) => {
  it('shows the publish of a message that was silently lost', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      fault: 'unroutable',
      launch: { delivery: { queue: 'amqp', count: 2 } },
      breakpoints: on('silent-loss'),
    });
    const stop = await run.nextStop();
    expect(stop).toMatchObject({ reason: 'silent-loss', breakpoints: [1] });
    expect(stop.description).toContain('NO_ROUTE');
    expect(run.where()).toBe('init.lua:11');
    expect(await run.evaluate('payload')).toContain('message 1');
    expect(run.target.position().live).toBe(false);
    // The run waits for whoever looks at it.
    const messages = () => run.target.entries().filter(({ kind }) => kind === 'message').length;
    expect(messages()).toBe(1);
    await run.after(run.target.stepBack());
    expect(run.where()).toBe('init.lua:10');
    expect(messages()).toBe(1);
    expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
      reason: 'silent-loss',
    });
    expect(messages()).toBe(2);
    expect(await run.evaluate('payload')).toContain('message 2');
    await run.target.resume({ kind: 'continue' });
    expect(await run.ended()).toEqual({ exitCode: 1 });
  });

  it('steps from the end of one message to the next', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      fault: 'unroutable',
      launch: { delivery: { queue: 'amqp', count: 2 } },
      breakpoints: on('silent-loss'),
    });
    await run.nextStop();
    for (const line of [12, 13, 14, 9]) {
      await run.after(run.target.resume({ kind: 'step-in' }));
      expect(run.where()).toBe(`init.lua:${line}`);
    }
    expect(run.target.position().live).toBe(true);
  });

  it('is the nack that the script is told of, in the script', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      fault: 'nack',
      breakpoints: on('nack'),
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'nack' });
    expect(run.where()).toBe('init.lua:12');
    expect(run.target.position().live).toBe(true);
    await run.target.resume({ kind: 'continue' });
    await run.ended();
    expect(run.stops).toHaveLength(1);
  });

  it('is the nack that no script hears of, at the line that published', async () => {
    const run = await debugRun({
      engine,
      policy: UNHEARD,
      fault: 'nack',
      breakpoints: on('nack', 7),
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'nack', breakpoints: [7] });
    expect(run.where()).toBe('init.lua:11');
    expect(run.target.position().live).toBe(false);
    await run.target.resume({ kind: 'continue' });
    await run.ended();
  });

  it('is not made for other reply codes than those asked for', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      fault: 'unroutable',
      breakpoints: { events: [{ id: 1, event: 'silent-loss', only: '404' }] },
    });
    await run.ended();
    expect(run.stops).toEqual([]);
  });

  it('leaves breakpoints in between in force', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      fault: 'unroutable',
      breakpoints: { ...on('silent-loss'), lines: [onLine(14)] },
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'breakpoint' });
    expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
      reason: 'silent-loss',
    });
    expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
      reason: 'breakpoint',
      breakpoints: [14],
    });
    expect(run.target.position().live).toBe(false);
  });
});
