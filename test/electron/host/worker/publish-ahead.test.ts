import { describe, expect, it } from 'vitest';
import { PublishNumbers } from '../../../../electron/amqp/client/publish-numbers.ts';
import type { HostCallHandler } from '../../../../electron/host/worker/worker-contract.ts';
import { startWorker } from './worker-harness.ts';

const POLICY = `local kumo = require 'kumo'
local client = kumo.amqp.build_client 'amqp://broker/'
kumo.on('get_queue_config', function(domain)
  local ok, why = pcall(client.publish, client, { routing_key = domain, payload = 'x' })
  print(ok, why)
  return kumo.make_queue_config {}
end)`;

interface Call {
  readonly name: string;
  readonly publish: number | undefined;
}

async function start(numbers: PublishNumbers) {
  const calls: Call[] = [];
  const handleCall: HostCallHandler = (name, _input, { publish }) => {
    calls.push({ name, publish });
    const answer = name === 'amqp.connect' ? { client: 1 } : undefined;
    return answer
      ? ({ ok: true, output: answer } as never)
      : { ok: false, error: 'invalid channel state: Closed' };
  };
  const started = await startWorker({
    engine: 'lua54',
    files: { 'init.lua': POLICY },
    handleCall,
    publishNumbers: numbers.memory,
  });
  await started.worker.load();
  return { ...started, calls };
}

describe('a publish', () => {
  it('does not wait for the answer while the connection is open', async () => {
    const { worker, entriesOf, calls } = await start(new PublishNumbers());
    await worker.resolve(['a', 'b']);
    expect(calls.filter(({ name }) => name === 'amqp.publish')).toEqual([
      { name: 'amqp.publish', publish: 1 },
      { name: 'amqp.publish', publish: 2 },
    ]);
    expect(entriesOf('print').map(({ text }) => text.slice(0, 4))).toEqual(['true', 'true']);
  });

  it('waits, and hears why it failed, once a connection was lost', async () => {
    const numbers = new PublishNumbers();
    const { worker, entriesOf, calls } = await start(numbers);
    numbers.connectionLost();
    await worker.resolve(['a']);
    expect(calls.at(-1)).toEqual({ name: 'amqp.publish', publish: undefined });
    expect(entriesOf('print')[0]?.text).toContain('invalid channel state: Closed');
  });
});

it('loads a fresh context in the same thread after the one before has ended', async () => {
  const { worker, entriesOf } = await startWorker({
    engine: 'lua54',
    files: { 'init.lua': "print(seen)\nseen = 'seen before'" },
  });
  expect(await worker.load()).toEqual({ ok: true });
  await worker.endContext();
  expect(await worker.load()).toEqual({ ok: true });
  expect(entriesOf('print').map(({ text }) => text)).toEqual(['nil', 'nil']);
});
