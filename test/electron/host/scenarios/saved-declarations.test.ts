/** A scenario is saved with the queues that were there when its message was delivered. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OpenWorkbench } from '../open-workbench.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { copySample, ended, FILE, form, openSaving } from './saving-workbench.ts';
import type { SavingWorkbench } from './saving-workbench.ts';

/** The sample of log records, without a definitions.json unless one is given. */
async function openWith(definitions?: object, policyFolder = '.'): Promise<SavingWorkbench> {
  const folder = join(temporaryFolder(), 'policy');
  copySample('amqp-log-hook/init.lua', join(folder, policyFolder, 'init.lua'));
  if (definitions) writeFileSync(join(folder, 'definitions.json'), JSON.stringify(definitions));
  return openSaving(folder);
}

/** Answers the id of the delivery. */
async function deliver(workbench: OpenWorkbench): Promise<number> {
  const { handlers } = workbench;
  const { runId } = await handlers['runs.deliver']({ form, count: 1, sessions: 1 });
  await workbench.event('run', (run) => run.runId === runId && run.state === 'finished');
  const filter = { text: '', verdicts: [] };
  const { rows } = await handlers['deliveries.window']({ filter, offset: 0, limit: 100 });
  return rows.find((row) => row.runId === runId)?.id ?? 0;
}

const runs = async (workbench: OpenWorkbench, name: string): Promise<string> =>
  (await ended(workbench, name)).state;

const fromDelivery = (id: number) => ({ kind: 'delivery', id }) as const;
const fromForm = { kind: 'form', form, count: 1, sessions: 1 } as const;

describe('queues that were declared by hand', () => {
  it('are in the scenario of a delivery that came to them, and not of one before', async () => {
    const { workbench, saved } = await openWith();
    const { handlers } = workbench;
    const lost = await deliver(workbench);
    await handlers['brokers.declareQueue']({ name: 'logging' });
    await handlers['brokers.declareQueue']({ name: 'unrelated' });
    const arrived = await deliver(workbench);

    await handlers['scenarios.save']({ file: FILE, name: 'arrives', from: fromDelivery(arrived) });
    await handlers['scenarios.save']({ file: FILE, name: 'is lost', from: fromDelivery(lost) });

    expect(saved()).toMatchObject([
      { broker: { declare: { queues: ['logging'] } }, expect: { verdicts: ['acked'] } },
      { expect: { verdicts: [{ verdict: 'unroutable' }], warnings: ['silent-loss'] } },
    ]);
    expect(saved()[1]).not.toHaveProperty('broker');
    expect(await runs(workbench, 'arrives')).toBe('passed');
    expect(await runs(workbench, 'is lost')).toBe('passed');
  });

  it('are in the scenario of the form, and told before it is saved', async () => {
    const { workbench, saved } = await openWith();
    const { handlers } = workbench;
    await handlers['brokers.declareQueue']({ name: 'logging' });
    await handlers['brokers.declareExchange']({ name: 'events', type: 'topic' });
    expect(await handlers['scenarios.draft']({ from: fromForm })).toEqual({
      kind: 'deliver',
      queue: 'amqp',
      count: 1,
      sessions: 1,
      declares: { exchanges: ['events'], queues: ['logging'], bindings: 0 },
    });
    await handlers['scenarios.save']({ file: FILE, name: 'mine', from: fromForm });
    expect(saved()[0]?.broker).toEqual({
      declare: { exchanges: [{ name: 'events', type: 'topic' }], queues: ['logging'] },
    });
    expect(await runs(workbench, 'mine')).toBe('passed');
  });

  it('are left out where definitions.json has them', async () => {
    const { workbench, saved } = await openWith({ queues: [{ name: 'logging' }] });
    const { handlers } = workbench;
    await handlers['scenarios.save']({
      file: FILE,
      name: 'arrives',
      from: fromDelivery(await deliver(workbench)),
    });
    expect(saved()[0]).not.toHaveProperty('broker');
    expect(await runs(workbench, 'arrives')).toBe('passed');
  });

  it('are those of the scenario, for a delivery of its run', async () => {
    const { workbench, saved } = await openWith();
    const { handlers } = workbench;
    await handlers['brokers.declareQueue']({ name: 'logging' });
    await handlers['brokers.setDialect']({ dialect: 'rabbitmq-4' });
    const first = await deliver(workbench);
    await handlers['scenarios.save']({ file: FILE, name: 'first', from: fromDelivery(first) });
    await handlers['brokers.setDialect']({ dialect: 'rabbitmq-3.10' });
    await runs(workbench, 'first');
    const filter = { text: '', verdicts: [] };
    const { rows } = await handlers['deliveries.window']({ filter, offset: 0, limit: 100 });
    const { id = 0 } = rows.at(-1) ?? {};
    expect(id).not.toBe(first);
    await handlers['scenarios.save']({ file: FILE, name: 'again', from: fromDelivery(id) });
    expect(saved()[1]?.broker).toEqual({
      declare: { queues: ['logging'] },
      dialect: 'rabbitmq-4',
    });
  });
});

it('keeps what the opened folder declares for a policy in a subfolder, which has none beside it', async () => {
  const { workbench, saved } = await openWith({ queues: [{ name: 'logging' }] }, 'policies');
  const { handlers } = workbench;
  await handlers['workspace.setPolicy']({ path: 'policies/init.lua' });
  const from = fromDelivery(await deliver(workbench));
  await handlers['scenarios.save']({ file: FILE, name: 'arrives', from });
  expect(saved()[0]?.broker).toEqual({ declare: { queues: ['logging'] } });
  expect(await runs(workbench, 'arrives')).toBe('passed');
});
