/** A load run as a scenario: one of its messages, or all of it, by number or by time. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OpenWorkbench } from '../open-workbench.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { copySample, ended, FILE, form, openSaving } from './saving-workbench.ts';
import type { SavingWorkbench } from './saving-workbench.ts';

async function open(): Promise<SavingWorkbench> {
  const folder = join(temporaryFolder(), 'policy');
  for (const file of ['init.lua', 'definitions.json']) {
    copySample(`amqp-routing/${file}`, join(folder, file));
  }
  return openSaving(folder);
}

/** Answers the id of its first delivery. */
async function load(
  workbench: OpenWorkbench,
  amount: { count: number; seconds?: number; sessions: number },
): Promise<number> {
  const { handlers } = workbench;
  const { runId } = await handlers['runs.deliver']({ form, ...amount });
  await workbench.event('run', (run) => run.runId === runId && run.state === 'finished');
  const filter = { text: '', verdicts: [] };
  const { rows } = await handlers['deliveries.window']({ filter, offset: 0, limit: 1 });
  return rows[0]?.id ?? 0;
}

describe('a delivery of a load run', () => {
  it('is one message, and the dialog is told what it is one of', async () => {
    const { workbench, saved } = await open();
    const { handlers } = workbench;
    await handlers['brokers.setFault']({ fault: 'nack@every=4' });
    const id = await load(workbench, { count: 12, sessions: 2 });
    const from = { kind: 'delivery', id } as const;
    expect(await handlers['scenarios.draft']({ from })).toMatchObject({
      count: 1,
      run: { messages: 12, sessions: 2 },
    });

    const whole = { ...from, wholeRun: true };
    expect(await handlers['scenarios.draft']({ from: whole })).toMatchObject({
      count: 12,
      sessions: 2,
    });
    await handlers['scenarios.save']({ file: FILE, name: 'whole', from: whole });
    expect(saved()[0]).toMatchObject({
      deliver: { queue: 'amqp', count: 12, sessions: 2 },
      broker: { fault: 'nack@every=4' },
      expect: {
        counts: {
          messages: 12,
          records: { Delivery: 9, Bounce: 3 },
          verdicts: { acked: 9, nacked: 3 },
        },
      },
    });
    expect(await ended(workbench, 'whole')).toMatchObject({ state: 'passed', mismatches: [] });
  });

  it('is not offered as a run when it is none', async () => {
    const { workbench } = await open();
    const from = {
      kind: 'delivery',
      id: await load(workbench, { count: 1, sessions: 1 }),
    } as const;
    expect(await workbench.handlers['scenarios.draft']({ from })).not.toHaveProperty('run');
    await expect(
      workbench.handlers['scenarios.draft']({ from: { ...from, wholeRun: true } }),
    ).rejects.toThrow('This run delivered one message');
  });

  it('keeps the time of a run by seconds', async () => {
    const { workbench, saved } = await open();
    const { handlers } = workbench;
    const id = await load(workbench, { count: 1_000_000, seconds: 1, sessions: 1 });
    const from = { kind: 'delivery', id, wholeRun: true } as const;
    await handlers['scenarios.save']({ file: FILE, name: 'timed', from });
    expect(saved()[0]).toMatchObject({
      deliver: { seconds: 1 },
      expect: {
        counts: { messages: { at_least: 1 }, verdicts: { acked: { at_least: 1 }, nacked: 0 } },
      },
    });
    expect(saved()[0]?.deliver).not.toHaveProperty('count');
    // Its messages had ids that the run made for them.
    expect(saved()[0]?.deliver).not.toHaveProperty('id');
    expect(await ended(workbench, 'timed')).toMatchObject({ state: 'passed', mismatches: [] });
  });
});

it('keeps the time of a form that runs by seconds, and ends by it', async () => {
  const { workbench, saved } = await open();
  const { handlers } = workbench;
  const from = { kind: 'form', form, count: 1_000_000, seconds: 1, sessions: 2 } as const;
  await handlers['scenarios.save']({ file: FILE, name: 'timed', from });
  expect(saved()[0]?.deliver).toMatchObject({ seconds: 1, sessions: 2 });
  const { files } = await handlers['scenarios.list']({});
  expect(files[0]?.scenarios[0]).toMatchObject({ seconds: 1 });
  const { state, durationMs = 0 } = await ended(workbench, 'timed');
  expect(state).toBe('passed');
  expect(durationMs).toBeGreaterThanOrEqual(1_000);
  const { counts } = await handlers['deliveries.window']({
    filter: { text: '', verdicts: [] },
    offset: 0,
    limit: 1,
  });
  expect(counts.total).toBeGreaterThan(1);
});
