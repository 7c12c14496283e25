import { describe, expect, it } from 'vitest';
import { compareRecordings } from '../../../lua-runtime/recording/compare-recordings.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { replayRecording, ReplayImpossible } from '../../../lua-runtime/recording/replayer.ts';
import { ENGINES, runPolicy, startVm, type PolicyRun } from '../kumod/policy-run.ts';

const POLICY = `
local kumo = require 'kumo'
local routes = require 'routes'
math.randomseed(os.time())
print('loaded at', os.time(), os.getenv 'REGION')

kumo.on('get_queue_config', function(domain, tenant)
  if domain ~= 'amqp' then return end
  local order = {}
  for name in pairs(routes) do order[#order + 1] = name end
  print('routes', table.concat(order, ' '))
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.amqp' } } }
end)

kumo.on('make.amqp', function(domain)
  local sender = { client = kumo.amqp.build_client 'amqp://localhost', sent = 0 }
  function sender:send(message)
    self.sent = self.sent + 1
    local key = 'k' .. math.random(1000000) .. '-' .. os.time() .. '-' .. tostring(os.clock())
    local confirm = self.client:publish { routing_key = key, payload = message:get_data() }
    local result = confirm:wait()
    if self.sent == 2 then kumo.reject(451, 'busy ' .. math.random()) end
    if self.sent == 3 then error('broken ' .. math.random()) end
    return result.status .. ' ' .. os.date('!%H:%M:%S')
  end
  function sender:close() self.client:close() end
  return sender
end)
`;
const FILES = { 'routes.lua': 'return { alpha = 1, beta = 2, gamma = 3, delta = 4, epsilon = 5 }' };

function record(engine: 'lua54' | 'fengari'): PolicyRun {
  const run = runPolicy(engine, POLICY, {
    files: FILES,
    environment: { REGION: 'eu', UNUSED: 'x' },
  });
  const session = run.openSession('tenant@amqp');
  run.deliver(session, { message: 1, queue: 'tenant@amqp' });
  run.host.time += 61_000;
  run.deliver(session, { message: 2, queue: 'tenant@amqp' });
  run.deliver(session, { message: 3, queue: 'tenant@amqp' });
  run.deliver(session, { message: 4, queue: 'tenant@amqp' });
  run.runtime.resolveQueue('example.com');
  session.close();
  run.runtime.close();
  return run;
}

const TIMES = new Set(['at', 'duration_us', 'latency_us']);
const untimed = (entries: readonly Entry[]): unknown =>
  JSON.parse(
    JSON.stringify(entries, (key, value: unknown) => (TIMES.has(key) ? undefined : value)),
  );

describe.each(ENGINES)('a replay on %s', (engine) => {
  const replay = (entries: readonly Entry[]): Entry[] =>
    replayRecording(entries, { createVm: startVm });

  it('repeats every entry: clock, random numbers, table order, environment and broker', () => {
    const { entries } = record(engine);
    expect(entries.filter(({ kind }) => kind === 'record')).toHaveLength(4);
    const replayed = replay(entries);
    expect(untimed(replayed)).toEqual(untimed(entries));
    expect(compareRecordings(entries, replayed)).toBeUndefined();
  });

  it('repeats even the times of the entries', () => {
    const { entries } = record(engine);
    const times = (list: readonly Entry[]) =>
      list.filter(({ kind }) => kind !== 'file').map(({ at }) => at);
    expect(times(replay(entries))).toEqual(times(entries));
  });

  it('does not depend on when it runs: two recordings made at other times differ', () => {
    const first = record(engine).entries;
    const later = runPolicy(engine, POLICY, { files: FILES, environment: { REGION: 'us' } });
    later.deliver(later.openSession('tenant@amqp'), { queue: 'tenant@amqp' });
    expect(compareRecordings(first, later.entries)).toMatchObject({
      expected: { kind: 'host-result', name: 'os.getenv' },
      path: 'output',
    });
  });

  it('shows what a changed answer of the broker changes', () => {
    const { entries } = record(engine);
    const changed = entries.map((entry) =>
      entry.kind === 'host-result' && entry.name === 'amqp.wait_confirm' && entry.message === 1
        ? { ...entry, output: { status: 'Nack' } }
        : entry,
    );
    const divergence = compareRecordings(entries, replay(changed));
    expect(divergence?.expected).toMatchObject({ kind: 'host-result', message: 1 });
    expect(divergence?.path).toBe('output.status');
    const record1 = replay(changed).find(({ kind }) => kind === 'record');
    expect(record1).toMatchObject({
      record: { response: { content: expect.stringMatching(/^Nack /) as unknown } },
    });
  });

  it('shows where a changed policy takes another way', () => {
    const { entries } = record(engine);
    const changed = entries.map((entry) =>
      entry.kind === 'file' && entry.path === 'init.lua'
        ? {
            ...entry,
            text: entry.text.replace("kumo.reject(451, 'busy '", "kumo.reject(452, 'busy '"),
          }
        : entry,
    );
    const divergence = compareRecordings(entries, replay(changed));
    expect(divergence).toMatchObject({
      expected: { kind: 'reject', code: 451, message: 2 },
      actual: { kind: 'reject', code: 452 },
      path: 'code',
    });
    expect(divergence?.text).toBe(
      `Entry ${divergence?.expected?.seq} (reject) of the recording differs in code.`,
    );
  });
});

describe('a replay', () => {
  it('needs the run entry', () => {
    expect(() => replayRecording([], { createVm: startVm })).toThrow(ReplayImpossible);
  });

  it('usually diverges on another engine', () => {
    const { entries } = record('lua54');
    const other = replayRecording(entries, { createVm: startVm, engine: 'fengari' });
    expect(compareRecordings(entries, other)).toBeDefined();
  });

  it('repeats sessions that worked side by side in contexts of their own', () => {
    const run = runPolicy('lua54', POLICY, { files: FILES, environment: { REGION: 'eu' } });
    const queue = 'tenant@amqp';
    const sessions = [run.openSession(queue), run.openSessionInNewContext(2, queue)];
    for (let message = 1; message <= 6; message++) {
      const session = sessions[message % 2];
      run.host.time += 5000;
      if (session !== undefined) run.deliver(session, { message, queue });
    }
    const replayed = replayRecording(run.entries, { createVm: startVm });
    expect(replayed).toHaveLength(run.entries.length);
    expect(compareRecordings(run.entries, replayed)).toBeUndefined();
  });

  it('repeats a message whose record comes after the next message began', () => {
    const { entries } = record('lua54');
    const late = entries.findIndex(({ kind, message }) => kind === 'record' && message === 1);
    const next = entries.findIndex(({ kind, message }) => kind === 'call' && message === 2);
    const reordered = [...entries];
    reordered.splice(next, 0, ...reordered.splice(late, 1));
    expect(reordered.findIndex(({ kind }) => kind === 'record')).toBe(next);
    const replayed = replayRecording(reordered, { createVm: startVm });
    expect(compareRecordings(reordered, replayed)).toBeUndefined();
  });

  it('repeats a script', () => {
    const run = runPolicy(
      'lua54',
      "local kumo = require 'kumo' kumo.on('main', function(...) print(os.time(), ...) end)",
    );
    run.runtime.runScript(['a', '5']);
    const replayed = replayRecording(run.entries, { createVm: startVm });
    expect(replayed.find(({ kind }) => kind === 'print')).toMatchObject({
      text: expect.stringMatching(/a\t5$/) as unknown,
    });
    expect(compareRecordings(run.entries, replayed)).toBeUndefined();
  });

  it('copies a delivery that was cut off, because it might never end', () => {
    const run = runPolicy('lua54', POLICY, { files: FILES, environment: { REGION: 'eu' } });
    const session = run.openSession();
    run.deliver(session);
    run.deliver(session, { message: 2 });
    const send = run.entries.findIndex((e) => e.kind === 'call' && e.message === 2);
    const cut: Entry[] = [
      ...run.entries.slice(0, send + 1),
      {
        kind: 'limit',
        seq: send + 2,
        at: run.host.now(),
        message: 2,
        session: 1,
        limit: 'deadline',
        value: 10_000,
        during: 'send',
        text: 'The script ran longer than 10 s.',
      },
    ];
    const hanging = cut.map((entry) =>
      entry.kind === 'file' && entry.path === 'init.lua'
        ? {
            ...entry,
            text: entry.text.replace(
              'if self.sent == 2 then',
              'while self.sent == 2 do end if false then',
            ),
          }
        : entry,
    );
    const replayed = replayRecording(hanging, { createVm: startVm });
    expect(replayed.filter(({ kind }) => kind === 'limit')).toHaveLength(1);
    expect(compareRecordings(hanging, replayed)).toBeUndefined();
  });
});
