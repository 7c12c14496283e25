/** A scenario in the form: the broker is as the scenario has it, and the person is told what that changed. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { samplesFolder } from '../../../../electron/host/shipped-files.ts';
import { openWorkbench } from '../open-workbench.ts';
import type { OpenWorkbench } from '../open-workbench.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const FILE = 'own.scenarios.json';
const name = 'it';

/** Trusted, with one scenario; `definitions` are in broker.json. */
async function openWith(scenario: object, definitions?: object): Promise<OpenWorkbench> {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  cpSync(join(samplesFolder(), 'amqp-routing', 'init.lua'), join(folder, 'init.lua'));
  const deliver = { queue: 'amqp' };
  const whole = { name, deliver, expect: { record: { type: 'Delivery' } }, ...scenario };
  const file = { version: 1, policy: 'init.lua', scenarios: [whole] };
  writeFileSync(join(folder, FILE), JSON.stringify(file));
  if (definitions) writeFileSync(join(folder, 'broker.json'), JSON.stringify(definitions));
  const workbench = await openWorkbench({ open: folder });
  await workbench.handlers['workspace.setTrust']({ trust: 'trusted' });
  return workbench;
}

function opened({ handlers }: OpenWorkbench) {
  return handlers['scenarios.open']({ file: FILE, name });
}

const staging = {
  name: 'Staging',
  connection: { host: 'mq.example', port: 5672, username: 'u', vhost: '/' },
  confirms: 'broker',
  confirmTimeoutMs: 5_000,
} as const;

async function active({ handlers }: OpenWorkbench) {
  const { active: id, profiles, dialect, fault, queues } = await handlers['brokers.state']({});
  const profile = profiles.find((each) => each.id === id);
  return { profile, dialect, fault, queues: queues.map((queue) => queue.name) };
}

describe('opening a scenario', () => {
  it('makes the embedded broker as the scenario has it, and tells each change', async () => {
    const workbench = await openWith({
      deliver: { queue: 'amqp', seconds: 3, sessions: 2 },
      broker: {
        fault: 'nack@every=3',
        dialect: 'rabbitmq-4',
        declare: { queues: ['logging'] },
        confirms: 'kumod',
        confirm_timeout_ms: 900,
      },
    });
    const { handlers } = workbench;
    const { profiles } = await handlers['brokers.save'](staging);
    const id = profiles.find((profile) => profile.name === 'Staging')?.id ?? '';
    await handlers['brokers.select']({ id });

    expect(await opened(workbench)).toMatchObject({
      form: { queue: 'amqp' },
      count: 1_000_000,
      seconds: 3,
      sessions: 2,
      changes: [
        'broker Embedded broker (was Staging)',
        'the script sees NotRequested (was the broker’s verdict)',
        'confirms are awaited 900 ms (was 5000 ms)',
        'fault nack@every=3 (was none)',
        'dialect RabbitMQ 4 (was RabbitMQ 3.10)',
        'queue logging declared',
      ],
      problems: [],
    });
    expect(await active(workbench)).toMatchObject({
      profile: { name: 'Embedded broker', confirms: 'kumod', confirmTimeoutMs: 900 },
      dialect: 'rabbitmq-4',
      fault: 'nack@every=3',
      queues: ['logging'],
    });
    expect(await opened(workbench)).toMatchObject({ changes: [], problems: [] });
  });

  it('fills the embedded broker from the definitions of the scenario, and counts what is much', async () => {
    const names = Array.from({ length: 10 }, (_, n) => `queue-${n}`);
    const queues = names.map((queue) => ({ name: queue, vhost: '/', durable: true }));
    const workbench = await openWith({ broker: { definitions: 'broker.json' } }, { queues });
    const { changes, problems } = await opened(workbench);
    expect(problems).toEqual([]);
    expect(changes).toHaveLength(9);
    expect(changes).toContain('queue queue-3 declared');
    expect(changes.at(-1)).toBe('2 more declared');
    expect((await active(workbench)).queues).toEqual(names);
  });

  it('says why the definitions of the scenario cannot be used, and goes on', async () => {
    const broker = { definitions: 'broker.json', declare: { queues: ['logging'] } };
    const workbench = await openWith({ broker }, { queues: 'many' });
    const { changes, problems } = await opened(workbench);
    expect(problems).toEqual([expect.stringMatching(/broker\.json cannot be used: .*queues/)]);
    expect(changes).toEqual(['queue logging declared']);
  });

  it('takes back what the scenario does not have', async () => {
    const workbench = await openWith({});
    const { handlers } = workbench;
    await handlers['brokers.setFault']({ fault: 'silent' });
    await handlers['brokers.setDialect']({ dialect: 'rabbitmq-4' });
    expect((await opened(workbench)).changes).toEqual([
      'fault none (was silent)',
      'dialect RabbitMQ 3.10 (was RabbitMQ 4)',
    ]);
  });

  it('selects the profile, which keeps what its scripts see', async () => {
    const workbench = await openWith({ broker: { profile: 'Staging' } });
    await workbench.handlers['brokers.save']({ ...staging, confirms: 'kumod' });
    expect((await opened(workbench)).changes).toEqual(['broker Staging (was Embedded broker)']);
    expect((await active(workbench)).profile).toMatchObject({ name: 'Staging', confirms: 'kumod' });
  });

  it.each([
    [{ profile: 'Staging' }, 'There is no broker profile called Staging here; deliveries go to'],
    [{ url: 'amqp://u@mq.example' }, 'No broker profile here is amqp://u@mq.example, which'],
  ])('says that there is no such profile, and changes nothing: %j', async (broker, sentence) => {
    const workbench = await openWith({ broker });
    await workbench.handlers['brokers.setFault']({ fault: 'silent' });
    const { changes, problems } = await opened(workbench);
    expect(changes).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(sentence)]);
    expect(await active(workbench)).toMatchObject({
      profile: { id: 'embedded' },
      fault: 'silent',
    });
  });

  it('finds the profile of a URL, and says when the folder may not reach it', async () => {
    const workbench = await openWith({ broker: { url: 'amqp://u@mq.example' } });
    const { handlers } = workbench;
    await handlers['brokers.save'](staging);
    await handlers['workspace.setTrust']({ trust: 'restricted' });
    const restricted = await opened(workbench);
    expect(restricted.problems[0]).toContain('This folder is restricted');
    await handlers['workspace.setTrust']({ trust: 'trusted' });
    expect((await opened(workbench)).changes).toEqual(['broker Staging (was Embedded broker)']);
  });

  it('says what is there otherwise, and which engine it wants', async () => {
    const arguments_ = { 'x-max-length': 1 };
    const workbench = await openWith({
      engine: 'fengari',
      broker: { declare: { queues: [{ name: 'logging', arguments: arguments_ }] } },
    });
    await workbench.handlers['brokers.declareQueue']({ name: 'logging' });
    const { changes, problems } = await opened(workbench);
    expect(changes).toEqual([]);
    expect(problems).toEqual([
      expect.stringContaining('The broker has it already, declared otherwise.'),
      expect.stringContaining('engine fengari'),
    ]);
  });
});
