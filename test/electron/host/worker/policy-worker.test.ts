import { describe, expect, it } from 'vitest';
import type { HostCallHandler } from '../../../../electron/host/worker/worker-contract.ts';
import type { MessageInput, SessionSpec } from '../../../../lua-runtime/kumod/runtime-contract.ts';
import type { QueueResolution } from '../../../../lua-runtime/recording/entries.ts';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import { startWorker } from './worker-harness.ts';

const AMQP_POLICY = `
local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.amqp' } } }
end)
kumo.on('make.amqp', function()
  local client = kumo.amqp.build_client 'amqp://broker/'
  local sender = {}
  function sender:send(message)
    print('sending', message:id())
    local confirm = client:publish { routing_key = 'orders', payload = message:get_data() }
    local verdict = confirm:wait()
    return verdict.status
  end
  return sender
end)
`;

const messageInput = (message: number): MessageInput => ({
  message,
  id: `id${message}`,
  sender: 'from@example.com',
  recipients: ['to@example.com'],
  meta: {},
  data: new TextEncoder().encode('Subject: hi\r\n\r\nHello'),
  num_attempts: 0,
  created: Date.now(),
  queue: 'example.com',
});

const spec = (resolution: QueueResolution): SessionSpec => ({
  session: 3,
  session_id: 'session',
  nodeid: 'node',
  resolution,
});

/** A broker that takes everything; notes the calls as they come. */
function acceptingBroker(onCall: (name: string, context: object) => void): HostCallHandler {
  const outputs: { [name: string]: object } = {
    'amqp.connect': { client: 1 },
    'amqp.publish': { publish: 1 },
    'amqp.wait_confirm': { status: 'Ack' },
  };
  return (name, _input, context) => {
    onCall(name, context);
    return { ok: true, output: outputs[name] ?? null } as never;
  };
}

describe.each(ENGINES)('%s', (engine) => {
  it('delivers messages through host calls', async () => {
    const calls: string[] = [];
    const contexts: object[] = [];
    const { worker, entries } = await startWorker({
      engine,
      files: { 'init.lua': AMQP_POLICY },
      handleCall: acceptingBroker((name, context) => {
        calls.push(name);
        contexts.push(context);
        // What the script did before the call is known before it is answered.
        expect(entries.some(({ kind }) => kind === 'call')).toBe(true);
      }),
    });
    expect(await worker.load()).toEqual({ ok: true });
    const [resolution] = await worker.resolve(['example.com']);
    await worker.openSession(spec(resolution as QueueResolution));
    const told: string[] = [];
    const delivered = await worker.deliver([messageInput(1), messageInput(2)], (outcome) => {
      told.push(`${outcome.message} ${outcome.record.type}`);
    });
    expect(delivered).toBe(2);
    expect(told).toEqual(['1 Delivery', '2 Delivery']);
    const publishing = ['amqp.publish', 'amqp.wait_confirm'];
    expect(calls).toEqual(['amqp.connect', ...publishing, ...publishing]);
    expect(contexts.at(-1)).toEqual({ message: 2, session: 3 });
    await worker.close();
  });

  it('says why a policy does not load', async () => {
    const { worker } = await startWorker({ engine, files: { 'init.lua': 'local x = = 1' } });
    expect(await worker.load()).toMatchObject({
      ok: false,
      failure: { location: { file: 'init.lua', line: 1 } },
    });
  });

  it('does not count waiting for the host against the deadline', async () => {
    const { worker } = await startWorker({
      engine,
      limits: { deadlineMs: 200 },
      files: {
        'init.lua': `local kumo = require 'kumo'
          kumo.on('get_queue_config', function()
            kumo.amqp.build_client 'amqp://slow/'
            return kumo.make_queue_config {}
          end)`,
      },
      handleCall: async () => {
        // Longer than the deadline, by the clock that measures it.
        const until = performance.now() + 500;
        while (performance.now() < until) await new Promise(setImmediate);
        return { ok: true, output: { client: 1 } } as never;
      },
    });
    await worker.load();
    const [resolution] = await worker.resolve(['example.com']);
    expect(resolution?.error).toBeUndefined();
  });

  it('keeps what was printed before a script hangs', async () => {
    const { worker, entriesOf } = await startWorker({
      engine,
      limits: { deadlineMs: 200 },
      files: { 'init.lua': "print('first')\nprint('second')\nwhile true do end" },
    });
    await expect(worker.load()).rejects.toMatchObject({ reason: 'deadline' });
    expect(entriesOf('print').map(({ text }) => text)).toEqual(['first', 'second']);
    expect(entriesOf('limit')).toMatchObject([
      { during: 'load', location: { file: 'init.lua', line: 3 } },
    ]);
  });

  it('names the line in a module and in a coroutine', async () => {
    const { worker, entries } = await startWorker({
      engine,
      limits: { deadlineMs: 600 },
      files: {
        'init.lua': "coroutine.wrap(function() require('lib.busy').spin() end)()",
        'lib/busy.lua': 'local M = {}\nfunction M.spin()\n  while true do end\nend\nreturn M',
      },
    });
    await expect(worker.load()).rejects.toMatchObject({ reason: 'deadline' });
    expect(entries.at(-1)).toMatchObject({ location: { file: 'lib/busy.lua', line: 3 } });
  });

  it('holds back a script that prints without end', async () => {
    const { worker, entriesOf } = await startWorker({
      engine,
      limits: { deadlineMs: 1_000 },
      files: { 'init.lua': "while true do print('x') end" },
    });
    await expect(worker.load()).rejects.toMatchObject({ reason: 'deadline' });
    expect(entriesOf('print').length).toBeGreaterThan(64);
    expect(entriesOf('limit')).toHaveLength(1);
  });

  it('reads no file outside of the workspace', async () => {
    const { worker, entriesOf } = await startWorker({
      engine,
      files: {
        'init.lua': `for _, path in ipairs { '../secret', '/etc/passwd', 'inside.txt' } do
          local file = io.open(path)
          print(path, file and file:read('a'))
        end`,
        'inside.txt': 'found',
      },
    });
    await worker.load();
    const texts = entriesOf('print').map(({ text }) => text);
    expect(texts).toEqual(['../secret\tnil', '/etc/passwd\tnil', 'inside.txt\tfound']);
  });

  it('sees only the environment it is given', async () => {
    const { worker, entriesOf } = await startWorker({
      engine,
      environment: { STAGE: 'test' },
      files: { 'init.lua': "print(os.getenv('STAGE'), os.getenv('PATH'))" },
    });
    await worker.load();
    expect(entriesOf('print').map(({ text }) => text)).toEqual(['test\tnil']);
  });

  it('ends at once when told to, whatever the script does', async () => {
    const { worker, entriesOf } = await startWorker({
      engine,
      files: { 'init.lua': "print('running')\nwhile true do end" },
    });
    const loaded = worker.load();
    loaded.catch(() => undefined);
    await expect.poll(() => entriesOf('print').length).toBe(1);
    await worker.terminate();
    await expect(loaded).rejects.toMatchObject({ reason: 'terminated' });
    await expect(worker.resolve(['example.com'])).rejects.toMatchObject({ reason: 'terminated' });
  });

  it('reports a host that cannot answer as a fault of its own', async () => {
    const { worker } = await startWorker({
      engine,
      files: { 'init.lua': "require('kumo').amqp.build_client 'amqp://broker/'" },
      handleCall: () => {
        throw new Error('the host has a bug');
      },
    });
    await expect(worker.load()).rejects.toMatchObject({
      reason: 'crashed',
      message: expect.stringContaining('the host has a bug') as string,
    });
  });
});

it('lets a Lua 5.4 script go on that catches the memory limit', async () => {
  const { worker, entriesOf } = await startWorker({
    engine: 'lua54',
    limits: { memoryBytes: 32 * 1024 * 1024 },
    files: {
      'init.lua': `local ok, why = pcall(string.rep, 'x', 64 * 1024 * 1024)
        print(ok, why)`,
    },
  });
  expect(await worker.load()).toEqual({ ok: true });
  expect(entriesOf('print').map(({ text }) => text)).toEqual(['false\tnot enough memory']);
});
