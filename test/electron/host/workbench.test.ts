import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import amqp from 'amqplib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MessageForm } from '../../../electron/bridge/contract.ts';
import { openWorkbench } from './open-workbench.ts';
import { temporaryFolder } from './temporary-folder.ts';

const everything = { text: '', verdicts: [] };

function form(change: Partial<MessageForm> = {}): MessageForm {
  return { queue: 'amqp', sender: '', recipient: '', meta: {}, headers: '', body: 'x', ...change };
}

function policyFolder(script: string): string {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  writeFileSync(join(folder, 'init.lua'), script);
  return folder;
}

const LOADS = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { retry_interval = '7m' }
end)
`;

describe('the first start', () => {
  it('opens a copy of the first sample, with something to press', async () => {
    const { handlers } = await openWorkbench();
    const workspace = await handlers['workspace.current']({});
    expect(workspace).toMatchObject({
      name: 'amqp-routing',
      policyFile: 'init.lua',
      trust: 'restricted',
      hint: expect.stringContaining('Deliver') as string,
    });
    expect(workspace.files.map(({ path }) => path)).toContain('init.lua');
    const [first] = await handlers['runs.recentForms']({});
    expect(first).toMatchObject({ queue: 'amqp', recipient: 'user@example.com' });
  });

  it('opens what was open last the next time', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const folder = policyFolder(LOADS);
    const before = await openWorkbench({ dataDir });
    await before.handlers['workspace.open']({ path: folder });
    await before.close();
    const after = await openWorkbench({ dataDir });
    expect((await after.handlers['workspace.current']({})).root).toBe(folder);
    expect((await after.handlers['workspace.recent']({}))[0]).toBe(folder);
  });

  it('keeps the open workspace when another cannot be opened', async () => {
    const { handlers } = await openWorkbench();
    await expect(handlers['workspace.open']({ path: '/no/such' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await handlers['workspace.current']({})).name).toBe('amqp-routing');
  });
});

describe('simulate', () => {
  it('answers which handler decides, the config, the retries, and that SMTP is not delivered', async () => {
    const { handlers } = await openWorkbench({ open: policyFolder(LOADS) });
    const answer = await handlers['runs.simulate']({ form: form({ queue: 'c:t@example.com' }) });
    expect(answer.resolution).toMatchObject({
      parts: { domain: 'example.com', tenant: 't', campaign: 'c' },
      handler: { file: 'init.lua', line: 2 },
      fields_set: ['retry_interval'],
    });
    expect(answer.retry?.attempts.slice(0, 3).map(({ delaySeconds }) => delaySeconds)).toEqual([
      0, 420, 840,
    ]);
    expect(answer.notDeliverable).toContain('SMTP');
    expect(answer.entries.map(({ kind }) => kind)).toContain('queue-config');
  });

  it('answers again from the saved file, and tells the policy state', async () => {
    const bench = await openWorkbench({ open: policyFolder(LOADS) });
    const { handlers } = bench;
    await bench.event('policy', ({ state }) => state === 'loads');
    const file = await handlers['workspace.read']({ path: 'init.lua' });
    const text = file.text.replace('7m', '9m');
    const written = await handlers['workspace.write']({ ...file, text });
    expect(written.result).toBe('written');
    const answer = await handlers['runs.simulate']({ form: form() });
    expect(answer.resolution.config).toMatchObject({ retry_interval: '9m' });
    expect(bench.seen.filter(({ event }) => event === 'fileChanged')).toHaveLength(1);
  });

  it('reloads when another program writes the policy', async () => {
    const folder = policyFolder(LOADS);
    const bench = await openWorkbench({ open: folder });
    await bench.event('policy', ({ state }) => state === 'loads');
    writeFileSync(join(folder, 'init.lua'), 'this is not lua');
    const state = await bench.event('policy', ({ state: now }) => now === 'fails');
    expect(state.failure?.location).toEqual({ file: 'init.lua', line: 1 });
    const answer = await bench.handlers['runs.simulate']({ form: form() });
    expect(answer.loadFailure?.text).toBe(answer.resolution.error?.text);
  });

  it('survives a handler that hangs', async () => {
    const folder = policyFolder(`require 'kumo'.on('get_queue_config', function(domain)
  if domain == 'hang' then while true do end end
end)`);
    const { handlers } = await openWorkbench({ open: folder });
    await handlers['settings.set']({ deadlineMs: 200 });
    const hung = await handlers['runs.simulate']({ form: form({ queue: 'hang' }) });
    expect(hung.resolution.error?.location).toEqual({ file: 'init.lua', line: 2 });
    const next = await handlers['runs.simulate']({ form: form({ queue: 'fine' }) });
    expect(next.resolution.error).toBeUndefined();
  });
});

describe('deliver', () => {
  it('streams rows and the run, and keeps the recording', async () => {
    const bench = await openWorkbench();
    const { runId } = await bench.handlers['runs.deliver']({
      form: form(),
      count: 30,
      sessions: 2,
    });
    const run = await bench.event('run', ({ state }) => state !== 'running');
    expect(run).toMatchObject({ runId, done: 30, total: 30, state: 'finished' });
    const { rows, counts } = await bench.handlers['deliveries.window']({
      filter: everything,
      offset: 0,
      limit: 100,
    });
    expect(rows).toHaveLength(30);
    expect(counts).toMatchObject({ total: 30, acked: 30, silentLoss: 0 });
    expect(rows[0]).toMatchObject({
      queue: 'amqp',
      routingKey: 'logging',
      told: '250 ok',
      verdict: 'acked',
      recordType: 'Delivery',
      responseCode: 200,
    });
    const recording = await bench.handlers['deliveries.recording']({ id: rows[29]?.id ?? 0 });
    const kinds = recording.entries.map(({ kind }) => kind);
    expect(kinds[0]).toBe('run');
    expect(kinds).toEqual(expect.arrayContaining(['load', 'publish', 'verdict', 'record']));
    const exported = await bench.handlers['deliveries.export']({
      filter: everything,
      format: 'jsonl',
    });
    expect(exported.text.match(/"kind":"record"/g)).toHaveLength(30);
  });

  it('shows faults of the embedded broker in the rows, and silent losses', async () => {
    const bench = await openWorkbench();
    await bench.handlers['brokers.setFault']({ fault: 'unroutable' });
    expect((await bench.handlers['brokers.state']({})).fault).toBe('unroutable');
    await bench.handlers['runs.deliver']({ form: form(), count: 1, sessions: 1 });
    await bench.event('run', ({ state }) => state === 'finished');
    const window = await bench.handlers['deliveries.window']({
      filter: { text: 'no_route', verdicts: ['silent-loss'] },
      offset: 0,
      limit: 10,
    });
    const all = await bench.handlers['deliveries.window']({
      filter: { text: '', verdicts: ['silent-loss'] },
      offset: 0,
      limit: 10,
    });
    expect(window.matching).toBe(0);
    expect(all.rows[0]).toMatchObject({ verdict: 'unroutable', replyCode: 312 });
  });

  it('cancels a run', async () => {
    const bench = await openWorkbench();
    const { runId } = await bench.handlers['runs.deliver']({
      form: form(),
      count: 1_000_000,
      sessions: 1,
    });
    await bench.event('run', ({ done }) => done > 0);
    await bench.handlers['runs.cancel']({ runId });
    const end = await bench.event('run', ({ state }) => state === 'cancelled');
    expect(end.done).toBeLessThan(1_000_000);
  });

  it('prints to the console, and counts what it skips in a flood', async () => {
    const folder = policyFolder(`local kumo = require 'kumo'
for n = 1, 5000 do print('line ' .. n) end`);
    const bench = await openWorkbench({ open: folder });
    const batch = await bench.event('console', ({ lines }) => lines[0]?.text === 'line 1');
    expect(batch.lines.length + batch.skipped).toBe(5_000);
    expect(batch.lines.length).toBeLessThanOrEqual(200);
  });
});

describe('trust', () => {
  it('keeps a restricted folder off real brokers and the environment', async () => {
    const folder = policyFolder(`local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { egress_pool = os.getenv('POOL') or 'none' }
end)`);
    const { handlers } = await openWorkbench({ open: folder });
    await handlers['settings.set']({ environment: { POOL: 'secret' } });
    const pool = async () =>
      (await handlers['runs.simulate']({ form: form() })).resolution.egress_pool;
    expect(await pool()).toBe('none');
    await expect(handlers['brokers.select']({ id: 'as-written' })).rejects.toThrow(
      /trust the folder first/,
    );
    await handlers['workspace.setTrust']({ trust: 'trusted' });
    expect(await pool()).toBe('secret');
    expect((await handlers['brokers.select']({ id: 'as-written' })).active).toBe('as-written');
    await handlers['workspace.setTrust']({ trust: 'restricted' });
    expect((await handlers['brokers.state']({})).active).toBe('embedded');
    expect(await pool()).toBe('none');
  });
});

describe('brokers and settings', () => {
  it('fills the embedded broker from definitions.json and shows what is in its queues', async () => {
    const bench = await openWorkbench();
    const state = await bench.event('broker', ({ queues }) => queues.length > 0);
    expect(state.queues.map(({ name }) => name)).toEqual(['logging']);
    await bench.handlers['runs.deliver']({
      form: form({ body: 'peek me' }),
      count: 1,
      sessions: 1,
    });
    await bench.event('run', ({ state: now }) => now === 'finished');
    const { messages } = await bench.handlers['brokers.peek']({ queue: 'logging', limit: 5 });
    expect(messages).toMatchObject([{ routingKey: 'logging', text: 'peek me', size: 7 }]);
    const declared = await bench.handlers['brokers.declareQueue']({ name: 'mine' });
    expect(declared.queues.map(({ name }) => name)).toContain('mine');
  });

  it('finds what the last run published to and the broker lacks, until it is declared', async () => {
    const folder = policyFolder(`local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make' } } }
end)
kumo.on('make', function()
  local sender = {}
  function sender:send(message)
    kumo.amqp.basic_publish {
      routing_key = 'loging', payload = message:get_data(), connection = { host = 'mq' },
    }
    return '250 ok'
  end
  return sender
end)`);
    const bench = await openWorkbench({ open: folder });
    const { handlers } = bench;
    expect((await handlers['brokers.topology']({})).missing).toEqual([]);
    await handlers['runs.deliver']({ form: form(), count: 1, sessions: 1 });
    await bench.event('run', ({ state }) => state === 'finished');
    expect(await handlers['brokers.topology']({})).toMatchObject({
      source: 'embedded',
      missing: [{ kind: 'queue', routingKey: 'loging', location: { file: 'init.lua' } }],
    });
    await handlers['brokers.declareQueue']({ name: 'loging' });
    expect((await handlers['brokers.topology']({})).missing).toEqual([]);
    const route = { exchange: '', routingKey: 'loging', headers: {} };
    expect((await handlers['brokers.route'](route)).queues).toEqual(['loging']);
  });

  it('tries a broker and says what it said', async () => {
    const { handlers } = await openWorkbench();
    expect(await handlers['brokers.test']({ id: 'embedded' })).toMatchObject({ ok: true });
    await handlers['brokers.setFault']({ fault: 'auth' });
    const refused = await handlers['brokers.test']({ id: 'embedded' });
    expect(refused.ok).toBe(false);
    expect(refused.explanation).toContain('refused the login');
  });

  it('lists faults that it takes back, and refuses others', async () => {
    const { handlers } = await openWorkbench();
    for (const { spec, parameter } of await handlers['brokers.faults']({})) {
      const fault = parameter ? spec.replace(/:.*/, `:${parameter.example}`) : spec;
      expect((await handlers['brokers.setFault']({ fault })).fault).toBe(fault);
    }
    expect((await handlers['brokers.setFault']({ fault: '' })).fault).toBeUndefined();
    await expect(handlers['brokers.setFault']({ fault: 'fire' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('says what is in the way of a declaration: the 406 that a client would get', async () => {
    const { handlers } = await openWorkbench();
    const { port } = await handlers['brokers.state']({});
    const connection = await amqp.connect(`amqp://guest:guest@127.0.0.1:${port}/`);
    onTestFinished(() => connection.close());
    const channel = await connection.createChannel();
    await channel.assertQueue('limited', { maxLength: 5 });
    await expect(handlers['brokers.declareQueue']({ name: 'limited' })).rejects.toMatchObject({
      code: 'refused',
      message:
        "The broker has this queue already, otherwise than asked for (PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue 'limited' in vhost '/': received none but current is the value '5' of type 'byte'); a client that declares it so loses its channel with 406. Use it as it is, or give another name.",
    });
    await channel.assertExchange('fan', 'fanout');
    await expect(
      handlers['brokers.declareExchange']({ name: 'fan', type: 'topic' }),
    ).rejects.toMatchObject({ message: expect.stringContaining("arg 'type'") as string });
  });

  it('says which declaration of definitions.json the broker has otherwise from before', async () => {
    const folders = [{}, { 'x-max-length': 5 }].map((args) => {
      const folder = policyFolder(LOADS);
      const queue = { name: 'limited', vhost: '/', durable: true, arguments: args };
      writeFileSync(join(folder, 'definitions.json'), JSON.stringify({ queues: [queue] }));
      return folder;
    });
    const bench = await openWorkbench({ open: folders[0] });
    await bench.event('broker', ({ queues }) => queues.some(({ name }) => name === 'limited'));
    await bench.handlers['workspace.open']({ path: folders[1] ?? '' });
    const { lines } = await bench.event('console', (batch) =>
      batch.lines.some(({ text }) => text.includes('definitions.json')),
    );
    expect(lines.map(({ text }) => text).join()).toMatch(
      /definitions\.json cannot be used: .*x-max-length.*or start the workbench anew/,
    );
  });

  it('keeps the dialect of its embedded broker, and says what that changes', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const { handlers } = await openWorkbench({ dataDir });
    expect((await handlers['brokers.state']({})).dialect).toBe('rabbitmq-3.10');
    const state = await handlers['brokers.setDialect']({ dialect: 'rabbitmq-4' });
    expect(state.dialect).toBe('rabbitmq-4');
    const [before, after] = await handlers['brokers.dialects']({});
    expect(after?.changes.length).toBe(before?.changes.length);
    for (const [index, { says }] of (after?.changes ?? []).entries()) {
      expect(says).not.toBe(before?.changes[index]?.says);
    }
    await expect(handlers['brokers.setDialect']({ dialect: 'qpid' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('rabbitmq-3.10 or rabbitmq-4') as string,
    });
    const again = (await openWorkbench({ dataDir })).handlers;
    const { port } = await again['brokers.state']({});
    const connection = await amqp.connect(`amqp://guest:guest@127.0.0.1:${port}/`);
    onTestFinished(() => connection.close());
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    await expect(channel.assertExchange('e', 'bogus')).rejects.toThrow('406');
  });

  it('runs the other engine after the setting, with its own syntax errors', async () => {
    const bench = await openWorkbench({ open: policyFolder(LOADS) });
    await bench.handlers['settings.set']({ engine: 'fengari' });
    expect(await bench.event('settings', ({ engine }) => engine === 'fengari')).toBeTruthy();
    const answer = await bench.handlers['runs.simulate']({ form: form() });
    expect(answer.resolution.config).toMatchObject({ retry_interval: '7m' });
    const differences = await bench.handlers['settings.engineDifferences']({});
    expect(differences.length).toBeGreaterThan(5);
  });

  it('keeps the sample that ships untouched by edits of the copy', async () => {
    const { handlers } = await openWorkbench();
    const { root } = await handlers['samples.open']({ name: 'amqp-guide-as-printed' });
    const file = await handlers['workspace.read']({ path: 'init.lua' });
    await handlers['workspace.write']({ ...file, text: '-- mine' });
    await handlers['samples.open']({ name: 'amqp-routing' });
    await handlers['samples.open']({ name: 'amqp-guide-as-printed' });
    expect((await handlers['workspace.read']({ path: 'init.lua' })).text).toBe('-- mine');
    expect(readFileSync(join(root, 'init.lua'), 'utf8')).toBe('-- mine');
    expect((await handlers['samples.list']({}))[0]?.name).toBe('amqp-routing');
  });
});
