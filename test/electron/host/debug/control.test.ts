import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import { compareRecordings } from '../../../../lua-runtime/recording/compare-recordings.ts';
import { replayRecording } from '../../../../lua-runtime/recording/replayer.ts';
import { startVm } from '../../../lua-runtime/kumod/policy-run.ts';
import { debugRun, inQueue, onLine, SENDER, until } from './debugged-run.ts';

const inSend = (body: string): string => SENDER.replace("return '250 ok'", body);
const PATTERN = "string.find(('a'):rep(60), ('a?'):rep(60) .. ('a'):rep(60))";

describe.each(ENGINES)('control of a run on %s', (engine) => {
  it('pauses a script that loops', async () => {
    const run = await debugRun({
      engine,
      policy: inSend("print('looping') local n = 0 while true do n = n + 1 end"),
    });
    await until(() => run.outputs.length > 0);
    expect(await run.after(run.target.pause())).toMatchObject({ reason: 'pause' });
    expect(run.where()).toBe('init.lua:14');
    // Standing still costs no script time, however long; the loop goes on to be paused again.
    await run.target.resume({ kind: 'continue' });
    expect(await run.after(run.target.pause())).toMatchObject({ reason: 'pause' });
    await run.after(run.target.stepBack());
    expect(run.target.position().live).toBe(false);
    await run.target.terminate();
    expect(run.ends).toEqual([{ exitCode: 1 }]);
  });

  it('pauses before the first line when the script has not begun', async () => {
    const run = await debugRun({
      engine,
      policy: inSend('while true do end'),
      whileStarting: (target) => target.pause(),
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'pause' });
    expect(run.where()).toBe('init.lua:1');
    await run.target.terminate();
  });

  it('pauses before the first line of a policy that takes long to compile', async () => {
    const run = await debugRun({
      engine,
      policy: 'x = 1\n'.repeat(200_000),
      whileStarting: (target) => target.pause(),
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'pause' });
    expect(run.where()).toBe('init.lua:1');
    await run.target.terminate();
  });

  it('does not charge the script for the time that it stands still', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      limits: { deadlineMs: 1_500 },
      breakpoints: { lines: [onLine(12)] },
    });
    await run.nextStop();
    const until = performance.now() + 2_500;
    // Questions that make the script's thread work count no more than waiting.
    while (performance.now() < until) await run.evaluate('self.count');
    await run.target.resume({ kind: 'continue' });
    expect(await run.ended()).toEqual({ exitCode: 0 });
  });

  it('still ends a script at its deadline', async () => {
    const run = await debugRun({
      engine,
      policy: inSend('while true do end'),
      limits: { deadlineMs: 300 },
      launch: { stopOnEnd: true },
    });
    const end = await run.nextStop();
    expect(end.description).toContain('ran for more than 0.3 s');
    expect(run.ends[0]?.exitCode).toBe(1);
    expect(run.target.entries().find(({ kind }) => kind === 'limit')).toMatchObject({
      location: { file: 'init.lua', line: 14 },
    });
    await run.after(run.target.stepBack());
    expect(run.target.position().live).toBe(false);
  });

  it('says of a script inside a pattern that it cannot be paused, and ends it', async () => {
    const run = await debugRun({ engine, policy: inSend(`print('looking') return ${PATTERN}`) });
    await until(() => run.outputs.length > 0);
    await expect
      .poll(() => run.target.pause().then(String, String), { timeout: 40_000, interval: 10 })
      .toMatch(/in send at init\.lua:14, inside one function of Lua, which cannot be paused/);
    await run.target.terminate();
    expect(run.ends).toEqual([{ exitCode: 1 }]);
  });

  it('ends while it stands still, in the past, and while it waits for the broker', async () => {
    const options = { engine, policy: SENDER, breakpoints: { lines: [onLine(12)] } };
    const standing = await debugRun(options);
    await standing.nextStop();
    await standing.target.terminate();
    expect(standing.ends).toHaveLength(1);

    const past = await debugRun(options);
    await past.nextStop();
    await past.after(past.target.stepBack());
    await past.target.terminate();
    expect(past.ends).toHaveLength(1);

    const waiting = await debugRun({ engine, policy: SENDER, fault: 'silent' });
    await until(() => waiting.target.entries().some(({ kind }) => kind === 'publish'));
    await waiting.target.terminate();
    expect(waiting.ends).toHaveLength(1);
  });

  it('refuses what cannot be done now, in a sentence', async () => {
    const run = await debugRun({ engine, policy: SENDER, breakpoints: { lines: [onLine(12)] } });
    await run.nextStop();
    await run.target.resume({ kind: 'continue' });
    await run.ended();
    await expect(run.target.stepBack()).rejects.toThrow('The run is over; start it again.');
    await expect(run.target.ask({ kind: 'threads' })).rejects.toThrow('The run is over');
    await expect(run.target.start()).rejects.toThrow('The run has started already.');
  });

  it('does not start without its message, and says why', async () => {
    const delivery = { queue: 'amqp', data: 'no/such/message.eml' };
    await expect(debugRun({ engine, policy: SENDER, launch: { delivery } })).rejects.toThrow(
      /^The message no\/such\/message\.eml cannot be read/,
    );
  });

  it('takes new breakpoints while the script runs', async () => {
    const run = await debugRun({
      engine,
      policy: inSend('local n = 0\nwhile true do\nn = n + 1\nend'),
    });
    await until(() => inQueue(run) === 1);
    const places = await run.target.setBreakpoints({
      lines: [{ ...onLine(16), condition: 'n > 10' }],
      functions: [],
      events: [],
    });
    expect(places).toMatchObject([{ id: 16, verified: true, line: 16 }]);
    expect(await run.nextStop()).toMatchObject({ reason: 'breakpoint', breakpoints: [16] });
  });

  it('changes the live script, and repeats the change in the past', async () => {
    const run = await debugRun({
      engine,
      policy: inSend("print(payload .. '!')\n return payload"),
      breakpoints: { lines: [onLine(11), onLine(15)] },
    });
    await run.nextStop();
    await run.evaluate("payload = 'changed'", 'repl');
    await run.after(run.target.resume({ kind: 'continue' }));
    expect(await run.evaluate('payload')).toContain('changed');
    expect(run.target.entries().filter(({ kind }) => kind === 'intervention')).toHaveLength(1);
    await run.after(run.target.stepBack());
    expect(run.target.position().live).toBe(false);
    expect(run.where()).toBe('init.lua:14');
    expect(await run.evaluate('payload')).toContain('changed');
    await run.after(run.target.resume({ kind: 'step-over' }));
    expect(run.target.position().live).toBe(true);
    await run.target.resume({ kind: 'continue' });
    expect(await run.ended()).toEqual({ exitCode: 0 });
    expect(run.outputs.map(({ text }) => text)).toContain('changed!\n');
    const { body } = run.broker.broker.peek('orders', 1)[0] ?? {};
    expect(body?.toString()).toBe('changed');
    const replayed = replayRecording(run.target.entries(), { createVm: startVm });
    expect(compareRecordings(run.target.entries(), replayed)).toBeUndefined();
    const prints = replayed.filter(({ kind }) => kind === 'print');
    expect(prints).toMatchObject([{ text: 'changed!' }]);
  });

  it('keeps the past as it was', async () => {
    const run = await debugRun({ engine, policy: SENDER, breakpoints: { lines: [onLine(12)] } });
    await run.nextStop();
    await run.after(run.target.stepBack());
    const past = 'The past cannot be changed; continue to the newest line first.';
    await expect(run.evaluate("payload = 'x'", 'repl')).rejects.toThrow(past);
    await expect(run.evaluate('kumo.amqp.build_client("amqp://x/")', 'repl')).rejects.toThrow(past);
    await expect(
      run.target.ask({ kind: 'set-variable', ref: 1, name: 'payload', value: '1' }),
    ).rejects.toThrow(past);
    expect(await run.evaluate('#payload + 1', 'repl')).toBe('10');
    await expect(run.evaluate('nonsense nonsense', 'repl')).rejects.toThrow(/near|expected/);
  });

  it('survives a question that hangs in the past', async () => {
    const run = await debugRun({ engine, policy: SENDER, breakpoints: { lines: [onLine(12)] } });
    await run.nextStop();
    const { tick } = await run.after(run.target.stepBack());
    await expect(run.evaluate(PATTERN)).rejects.toThrow('takes longer than 3 s');
    // Run to once more.
    expect(await run.nextStop()).toMatchObject({ tick });
    expect(await run.evaluate('payload')).toContain('message 1');
    await run.after(run.target.resume({ kind: 'step-over' }));
    expect(run.target.position().live).toBe(true);
  });

  it('can end a live script whose question hangs', async () => {
    const run = await debugRun({ engine, policy: SENDER, breakpoints: { lines: [onLine(12)] } });
    await run.nextStop();
    await expect(run.evaluate(PATTERN)).rejects.toThrow('can only be ended');
    await expect(run.evaluate('payload')).rejects.toThrow('The script hangs');
    await run.target.terminate();
    expect(run.ends).toEqual([{ exitCode: 1 }]);
  });
});
