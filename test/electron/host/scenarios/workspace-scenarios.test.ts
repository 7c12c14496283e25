/** Scenarios of an opened folder, as a page runs, reads and saves them. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScenarioProgress } from '../../../../electron/bridge/contract.ts';
import { samplesFolder } from '../../../../electron/host/shipped-files.ts';
import { openWorkbench } from '../open-workbench.ts';
import type { OpenWorkbench } from '../open-workbench.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const FILE = 'own.scenarios.json';
const deliver = { queue: 'amqp', recipient: 'user@example.com' };
const passes = { name: 'passes', deliver, expect: { record: { type: 'Delivery' } } };
const fails = {
  name: 'fails',
  deliver: { ...deliver, count: 3 },
  broker: { fault: 'nack@n=2' },
  expect: { record: { type: 'Delivery' } },
};

async function openWith(
  scenarios: readonly object[],
): Promise<{ readonly workbench: OpenWorkbench; readonly folder: string }> {
  const folder = join(temporaryFolder(), 'policy');
  for (const file of ['init.lua', 'definitions.json']) {
    cpSync(join(samplesFolder(), 'amqp-routing', file), join(folder, file));
  }
  if (scenarios.length > 0) {
    writeFileSync(
      join(folder, FILE),
      JSON.stringify({ version: 1, policy: 'init.lua', scenarios }, undefined, 2),
    );
  }
  return { workbench: await openWorkbench({ open: folder }), folder };
}

/** How a scenario ended. */
function ended(workbench: OpenWorkbench, name: string): Promise<ScenarioProgress> {
  const isOver = ({ name: of, state }: ScenarioProgress): boolean =>
    of === name && state !== 'waiting' && state !== 'running';
  return workbench.event('scenario', isOver);
}

const everything = { filter: { text: '', verdicts: [] }, offset: 0, limit: 100 };

describe('the scenarios of a folder', () => {
  it('run one after the other, and what is not met leads to its delivery', async () => {
    const { workbench } = await openWith([passes, fails]);
    const { handlers } = workbench;
    expect(await handlers['scenarios.list']({})).toEqual({
      files: [
        {
          file: FILE,
          problems: [],
          scenarios: [
            { name: 'passes', line: 5, kind: 'deliver', about: 'amqp', count: 1 },
            {
              name: 'fails',
              line: 17,
              kind: 'deliver',
              about: 'amqp',
              count: 3,
              fault: 'nack@n=2',
            },
          ],
        },
      ],
    });

    expect(await handlers['scenarios.run']({})).toEqual({ count: 2 });

    expect(await ended(workbench, 'passes')).toMatchObject({ state: 'passed', mismatches: [] });
    const failed = await ended(workbench, 'fails');
    expect(failed).toMatchObject({
      state: 'failed',
      mismatches: [
        {
          key: 'record.type',
          expected: 'Delivery',
          message: 2,
          location: { file: 'init.lua', line: 35 },
        },
      ],
    });
    const { row } = await handlers['deliveries.recording']({ id: failed.deliveryId ?? 0 });
    expect(row).toMatchObject({ message: 2, recordType: 'Bounce' });
  });

  it('leave the form, its broker and its faults alone', async () => {
    const { workbench } = await openWith([fails]);
    const { handlers, seen } = workbench;
    await handlers['scenarios.run']({});
    await ended(workbench, 'fails');

    const broker = await handlers['brokers.state']({});
    expect(broker.fault).toBeUndefined();
    expect(broker.queues.map(({ messages }) => messages)).toEqual([0]);
    expect(seen.filter(({ event }) => event === 'run')).toEqual([]);
    expect((await handlers['deliveries.window'](everything)).rows).toHaveLength(3);
  });

  it('show what they have run together, as long as the policy is the same', async () => {
    const { workbench, folder } = await openWith([passes, fails]);
    const { handlers } = workbench;
    await expect(handlers['scenarios.coverage']({})).rejects.toThrow('No scenario was run yet');
    await handlers['scenarios.run']({});
    await ended(workbench, 'fails');

    const { coverage, scenarios } = await handlers['scenarios.coverage']({});

    expect(scenarios).toBe(2);
    const [file] = coverage.files;
    expect(file?.file).toBe('init.lua');
    const hits = (line: number) => file?.lines.find((each) => each.line === line)?.hits;
    expect([hits(29), hits(31), hits(35)]).toEqual([4, 3, 1]);

    writeFileSync(join(folder, 'init.lua'), `${readFileSync(join(folder, 'init.lua'), 'utf8')}\n`);
    await expect(handlers['scenarios.coverage']({})).rejects.toThrow('run them again');
  });

  it('are cancelled', async () => {
    const many = { ...passes, name: 'many', deliver: { ...deliver, count: 1_000_000 } };
    const { workbench } = await openWith([many, passes]);
    await workbench.handlers['scenarios.run']({});
    await workbench.event('deliveries', ({ counts }) => counts.total > 0);
    await workbench.handlers['scenarios.cancel']({});
    expect(await ended(workbench, 'many')).toMatchObject({ state: 'cancelled' });
    expect(await ended(workbench, 'passes')).toMatchObject({ state: 'cancelled' });
  });

  it('reach no other broker and no other file from a restricted folder', async () => {
    const broker = { url: 'amqp://127.0.0.1:1' };
    const { workbench, folder } = await openWith([{ ...passes, broker }]);
    await workbench.handlers['scenarios.run']({});
    const { mismatches } = await ended(workbench, 'passes');
    expect(mismatches?.[0]?.actual).toContain('this folder is restricted');

    writeFileSync(join(folder, '../secret.txt'), 'x');
    const outside = { ...passes, deliver: { ...deliver, message: { file: '../secret.txt' } } };
    const file = { version: 1, policy: 'init.lua', scenarios: [outside] };
    writeFileSync(join(folder, FILE), JSON.stringify(file));
    const [listed] = (await workbench.handlers['scenarios.list']({})).files;
    expect(listed?.problems[0]?.message).toContain('there is no file ../secret.txt in the opened');
  });
});

describe('saving', () => {
  const form = { ...deliver, sender: '', meta: { a: 1 }, headers: '', body: '{"type":"Bounce"}\n' };

  it('keeps the form with the broker of now', async () => {
    const { workbench, folder } = await openWith([]);
    const { handlers } = workbench;
    await handlers['brokers.setFault']({ fault: 'delay:5' });
    const from = { kind: 'form', form, count: 2, sessions: 1 } as const;
    const saved = await handlers['scenarios.save']({ file: FILE, name: 'mine', from });
    expect(saved).toEqual({ file: FILE, line: 5 });
    expect(JSON.parse(readFileSync(join(folder, FILE), 'utf8'))).toEqual({
      version: 1,
      policy: 'init.lua',
      scenarios: [
        {
          name: 'mine',
          deliver: {
            ...deliver,
            sender: '',
            meta: { a: 1 },
            message: { json: { type: 'Bounce' } },
            count: 2,
          },
          broker: { fault: 'delay:5' },
          expect: {
            queue_config: {
              protocol: 'custom_lua',
              constructor_event: 'make.amqp',
              egress_pool: 'unspecified',
            },
          },
        },
      ],
    });
    await handlers['scenarios.run']({});
    expect(await ended(workbench, 'mine')).toMatchObject({ state: 'passed' });
    expect(await handlers['scenarios.open']({ file: FILE, name: 'mine' })).toEqual({
      form,
      count: 2,
      sessions: 1,
      changes: [],
      problems: [],
    });
  });

  it('keeps a queue that is not delivered here as a question', async () => {
    const { workbench, folder } = await openWith([]);
    const from = {
      kind: 'form',
      form: { ...form, queue: 'b.example' },
      count: 1,
      sessions: 1,
    } as const;
    await workbench.handlers['scenarios.save']({ file: FILE, name: 'smtp', from });
    const { scenarios } = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as {
      scenarios: object[];
    };
    expect(scenarios[0]).toEqual({
      name: 'smtp',
      resolve: { queue: 'b.example' },
      expect: { queue_config: { protocol: 'smtp', egress_pool: 'unspecified' } },
    });
  });

  it('says what is wrong with name and file', async () => {
    const { workbench } = await openWith([passes]);
    const from = { kind: 'form', form, count: 1, sessions: 1 } as const;
    const save = (file: string, name: string) =>
      workbench.handlers['scenarios.save']({ file, name, from });
    await expect(save('a.json', 'x')).rejects.toThrow('end in .scenarios.json');
    await expect(save(FILE, ' ')).rejects.toThrow('Give the scenario a name');
    await expect(save(FILE, 'passes')).rejects.toThrow('give another name');
    await expect(save('../a.scenarios.json', 'x')).rejects.toThrow('not inside the opened folder');
  });
});
