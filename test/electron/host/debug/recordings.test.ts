import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { recordedRun } from '../recorded-run.ts';
import { debugRun, onLine, SENDER } from './debugged-run.ts';

describe.each(ENGINES)('a finished run on %s', (engine) => {
  it('is debugged from its first line, back and forth', async () => {
    const entries = await recordedRun(engine, SENDER, { count: 2 });
    const run = await debugRun({
      engine: engine === 'lua54' ? 'fengari' : 'lua54',
      policy: SENDER,
      entries,
      launch: { stopOnEntry: true, stopOnEnd: true },
      breakpoints: { lines: [onLine(12)] },
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'entry', tick: 1 });
    expect(run.target.position()).toMatchObject({ context: 1, live: false });
    expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
      reason: 'breakpoint',
    });
    expect(await run.evaluate('payload')).toContain('message 1');
    await run.after(run.target.resume({ kind: 'continue' }));
    expect(await run.evaluate('payload')).toContain('message 2');
    await run.after(run.target.reverseContinue());
    expect(await run.evaluate('payload')).toContain('message 1');
    await run.after(run.target.resume({ kind: 'continue' }));
    const end = await run.after(run.target.resume({ kind: 'continue' }));
    expect(end).toMatchObject({ reason: 'end' });
    expect(run.target.position().last).toBe(end.tick);
    const marks = await run.target.marks();
    expect(marks.filter(({ entry }) => entry.kind === 'publish')).toHaveLength(2);
    expect(marks.every(({ tick }) => tick <= end.tick)).toBe(true);
    const ticks = marks.map(({ tick }) => tick);
    expect([...ticks].sort((a, b) => a - b)).toEqual(ticks);
  });

  it('runs to its end where nothing stops it', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      entries: await recordedRun(engine, SENDER),
    });
    expect(await run.ended()).toEqual({ exitCode: 0 });
    expect(run.stops).toEqual([]);
  });

  it('tells the log points that it passes, once', async () => {
    const run = await debugRun({
      engine,
      policy: SENDER,
      entries: await recordedRun(engine, SENDER, { count: 3 }),
      launch: { stopOnEnd: true },
      breakpoints: { lines: [{ ...onLine(11), logMessage: 'sending {payload}' }] },
    });
    await run.nextStop();
    const texts = ['sending message 1', 'sending message 2', 'sending message 3'];
    expect(run.logged.map(({ text }) => text)).toEqual(texts);
    await run.after(run.target.seek(1));
    await run.after(run.target.resume({ kind: 'continue' }));
    expect(run.logged.map(({ text }) => text)).toEqual(texts);
  });

  it('that a limit cut off is shown up to there', async () => {
    const endless = SENDER.replace("return '250 ok'", "print('looping') while true do end");
    const entries = await recordedRun(engine, endless, { deadlineMs: 300 });
    const run = await debugRun({
      engine,
      policy: endless,
      entries,
      breakpoints: { lines: [onLine(14)] },
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'breakpoint' });
    const end = await run.after(run.target.resume({ kind: 'continue' }));
    expect(end.reason).toBe('end');
    expect(end.description).toContain('ran for more than 0.3 s');
    expect(run.where()).toBe('init.lua:14');
    await run.after(run.target.stepBack());
    await run.target.resume({ kind: 'continue' });
  });

  it('goes from one Lua context to the next', async () => {
    const failing = SENDER.replace("return '250 ok'", "error('no')");
    const entries = await recordedRun(engine, failing, { count: 3 });
    const run = await debugRun({
      engine,
      policy: failing,
      entries,
      launch: { stopOnEnd: true },
      breakpoints: { lines: [onLine(14)] },
    });
    await run.nextStop();
    expect(run.target.position().context).toBe(1);
    await run.after(run.target.resume({ kind: 'continue' }));
    expect(run.target.position()).toMatchObject({ context: 2, live: false });
    // Going back stays in the context.
    expect(await run.after(run.target.reverseContinue())).toMatchObject({
      reason: 'start',
      tick: 1,
    });
    expect(run.target.position().context).toBe(2);
  });
});

describe('a recording', () => {
  it('shows each context with the files that it loaded', async () => {
    const failing = SENDER.replace("return '250 ok'", "error('no')");
    const live = await debugRun({
      engine: 'lua54',
      policy: failing,
      launch: { delivery: { queue: 'amqp', count: 3 } },
      breakpoints: { lines: [onLine(14)] },
    });
    await live.nextStop();
    // Saved again while the first context stands still: the second one loads this.
    writeFileSync(join(live.target.root, 'init.lua'), `print('newer')\n${failing}`);
    await live.target.setBreakpoints({ lines: [onLine(15)], functions: [], events: [] });
    await live.after(live.target.resume({ kind: 'continue' }));
    expect(live.target.position().context).toBe(2);
    await live.target.resume({ kind: 'continue' });
    await live.ended();
    const run = await debugRun({
      engine: 'lua54',
      policy: failing,
      entries: live.target.entries(),
      breakpoints: { lines: [onLine(14)] },
    });
    // The line of the error in the first text, of the condition before it in the second.
    await run.nextStop();
    expect(run.target.position().context).toBe(1);
    await run.after(run.target.resume({ kind: 'continue' }));
    expect(run.target.position().context).toBe(2);
    await run.after(run.target.resume({ kind: 'step-over' }));
    expect(run.where()).toBe('init.lua:15');
  });

  it('is read from a file of deliver --json', async () => {
    const file = join(temporaryFolder(), 'run.jsonl');
    const entries = await recordedRun('lua54', SENDER);
    writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    const run = await debugRun({
      engine: 'lua54',
      policy: SENDER,
      launch: { recording: file, stopOnEntry: true },
    });
    expect(await run.nextStop()).toMatchObject({ reason: 'entry' });
  });

  it('that is none is refused in a sentence', async () => {
    const folder = temporaryFolder();
    const debugFile = (text: string | undefined) => {
      const file = join(folder, 'run.jsonl');
      if (text !== undefined) writeFileSync(file, text);
      return debugRun({ engine: 'lua54', policy: SENDER, launch: { recording: file } });
    };
    await expect(debugFile(undefined)).rejects.toThrow(/^The recording .* cannot be read/);
    await expect(debugFile('{"kind":"run"\n')).rejects.toThrow(
      /^Line 1 of .* is no entry of a recording; use what `deliver --json` printed\.$/,
    );
    await expect(debugFile('')).rejects.toThrow('No script ran in this recording');
  });

  it('that lacks its beginning says so', async () => {
    const entries = (await recordedRun('lua54', SENDER)).filter(({ kind }) => kind !== 'run');
    await expect(debugRun({ engine: 'lua54', policy: SENDER, entries })).rejects.toThrow(
      'This recording has no run entry',
    );
  });

  it('that a changed file does not fit is not shown further than it fits', async () => {
    const entries = (await recordedRun('lua54', SENDER)).map((entry) =>
      entry.kind === 'file'
        ? { ...entry, text: entry.text.replace('local confirm', "print('new') local confirm") }
        : entry,
    );
    await expect(debugRun({ engine: 'lua54', policy: SENDER, entries })).rejects.toThrow(
      'The script took another way than the recording',
    );
  });
});
