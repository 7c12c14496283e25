import { describe, expect, it } from 'vitest';
import { EntryFile } from '../../../../electron/host/debug/entry-file.ts';
import { readInWorker, ReadingProblem } from '../../../../electron/host/debug/read-in-worker.ts';
import type { Entry } from '../../../../lua-runtime/recording/entries.ts';
import { ENGINES, runPolicy, sendPolicy } from '../../../lua-runtime/kumod/policy-run.ts';
import { delivered } from '../../../lua-runtime/debugger/readings/recorded-run.ts';

const COVERAGE = { kind: 'coverage', values: false } as const;
const POLICY = sendPolicy("return 'ok ' .. message:num_attempts()");

/** A recording whose replay never ends: its script waits for something that is not recorded. */
function hanging(): Entry[] {
  const run = runPolicy('lua54', POLICY);
  run.deliver(run.openSession());
  return run.entries.map((entry) =>
    entry.kind === 'file'
      ? { ...entry, text: entry.text.replace("return 'ok '", "while true do end return 'ok '") }
      : entry,
  );
}

describe('reading a recording in a thread', () => {
  it.each(ENGINES)('gives what came out, and tells of its progress (%s)', async (engine) => {
    const told: number[] = [];
    const { files } = await readInWorker(delivered(engine, POLICY, 1000), COVERAGE, {
      onProgress: (messages) => told.push(messages),
    });
    const [init] = files;
    expect(init?.functions.at(-1)).toMatchObject({ name: 'sender:send', hits: 1000 });
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((messages) => messages >= 1 && messages <= 1000)).toBe(true);
  });

  it('takes a recording from a file, as often as it is asked', async () => {
    const file = new EntryFile();
    try {
      for (const entry of delivered('lua54', POLICY, 20)) file.add(entry);
      const profile = await readInWorker(file.entries(), { kind: 'profile' });
      expect(profile.root.children.find(({ name }) => name === 'send')?.count).toBe(20);
      const [point] = await readInWorker(file.entries(), {
        kind: 'log-points',
        limit: 5,
        points: [{ id: 1, file: 'init.lua', line: 12, logMessage: '{message}' }],
      });
      expect(point?.passes).toBe(20);
    } finally {
      file.remove();
    }
  });

  it('ends a replay that hangs: at its deadline, or when it is left', async () => {
    const late = readInWorker(hanging(), COVERAGE, { deadlineMs: 300 });
    await expect(late).rejects.toThrow('The reading took longer than 0.3 s and was ended.');
    const leave = new AbortController();
    const left = readInWorker(hanging(), COVERAGE, { signal: leave.signal });
    setImmediate(() => {
      leave.abort();
    });
    await expect(left).rejects.toThrow(ReadingProblem);
  });

  it('says why a recording cannot be read', async () => {
    const [, ...rest] = delivered('lua54', POLICY, 1);
    await expect(readInWorker(rest, COVERAGE)).rejects.toThrow(/^This recording has no run entry/);
  });

  it('fails with what fails while the entries are handed over', async () => {
    function* broken(): Generator<Entry> {
      yield* delivered('lua54', POLICY, 1);
      throw new Error('the disk is gone');
    }
    await expect(readInWorker(broken(), COVERAGE)).rejects.toThrow('the disk is gone');
  });
});
