/** A real RabbitMQ that goes away in the middle of a load run, for good or for a while. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { BrokerAddress } from '../../../electron/amqp/client-contract.ts';
import type { RunState } from '../../../electron/bridge/runs.ts';
import { ConsoleStream } from '../../../electron/host/console-stream.ts';
import { DeliveryHistory } from '../../../electron/host/delivery-history.ts';
import { EventStream } from '../../../electron/host/event-stream.ts';
import { WorkspaceLanguage } from '../../../electron/host/language/workspace-language.ts';
import { mappedBroker } from '../../../electron/host/run-broker.ts';
import { PublishedNames } from '../../../electron/host/published-names.ts';
import { RunManager } from '../../../electron/host/run-manager.ts';
import type { Verdict } from '../../../lua-runtime/recording/entries.ts';
import { OWNER } from '../../rabbitmq/definitions.ts';
import { startRabbitmqNode } from '../../rabbitmq/node.ts';
import type { RabbitmqNode } from '../../rabbitmq/node.ts';
import { describeOnRabbitmq } from '../../rabbitmq/rabbitmq.ts';
import { adminChannel, afterwards } from '../amqp/client/brokers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MESSAGES = 20_000;
/** Longer than a loaded machine holds up the event loop, much shorter than a person's patience. */
const LONGEST_PAUSE_MS = 1_000;

/** Half a minute where nothing else runs; a loaded machine takes longer. */
const OUTAGE_LIMIT_MS = 180_000;

/** Publishes its id without waiting, as kumod's basic_publish does. */
const POLICY = `local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make' } } }
end)
kumo.on('make', function()
  local connection = {}
  function connection:send(message)
    kumo.amqp.basic_publish {
      routing_key = 'inbox',
      payload = message:id(),
      connection = { host = 'localhost' },
    }
    return '250 ok'
  end
  return connection
end)
`;

function policyFolder(): string {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  writeFileSync(join(folder, 'init.lua'), POLICY);
  return folder;
}

async function nodeWithInbox(): Promise<{ node: RabbitmqNode; address: BrokerAddress }> {
  const node = await startRabbitmqNode(0);
  afterwards(() => node.stop());
  const address = { host: '127.0.0.1', port: node.port, ...OWNER, vhost: '/' };
  await (await adminChannel(address)).assertQueue('inbox', { durable: false });
  // Also first of all: a killed or stopped node answers no close.
  afterwards(() => node.stop());
  return { node, address: { ...address, heartbeatSeconds: 1 } };
}

/** A load run as the window starts it, with what it tells the page. */
function loadRun(address: BrokerAddress) {
  const events = new EventStream();
  const history = new DeliveryHistory();
  const manager = new RunManager({
    published: new PublishedNames(),
    events,
    history,
    console: new ConsoleStream(() => undefined),
    language: new WorkspaceLanguage(),
  });
  onTestFinished(async () => {
    await manager.close();
    history.close();
    events.close();
  });
  let longestPauseMs = 0;
  let beat = performance.now();
  const heartbeat = setInterval(() => {
    longestPauseMs = Math.max(longestPauseMs, performance.now() - beat);
    beat = performance.now();
  }, 10);
  let state: RunState | undefined;
  const ended = new Promise<RunState>((resolve) => {
    events.listen(({ event, payload }) => {
      if (event !== 'run') return;
      state = payload as RunState;
      if (state.state !== 'running') resolve(state);
    });
  });
  manager.start({
    source: {
      queue: 'q',
      sender: 'a@b.c',
      recipient: '',
      meta: {},
      data: new TextEncoder().encode('hello'),
    },
    count: MESSAGES,
    sessions: 4,
    policy: {
      engine: 'lua54',
      workspaceRoot: policyFolder(),
      policyFile: 'init.lua',
      environment: {},
      limits: { deadlineMs: 30_000, memoryBytes: 256 * 2 ** 20 },
    },
    broker: mappedBroker('RabbitMQ', address, { confirms: 'broker', confirmTimeoutMs: 2_000 }),
  });
  return {
    history,
    state: () => state,
    ended: ended.then((end) => {
      clearInterval(heartbeat);
      return { end, longestPauseMs };
    }),
  };
}

function messageIds(history: DeliveryHistory, verdict: Verdict): string[] {
  const ids: string[] = [];
  for (const entries of history.export({ text: '', verdicts: [verdict] })) {
    for (const entry of entries) if (entry.kind === 'record') ids.push(entry.record.id);
  }
  return ids;
}

function expectAllCounted({ state, done, summary }: RunState): void {
  expect(state).toBe('finished');
  expect(done).toBe(MESSAGES);
  const counts = Object.values(summary?.verdicts ?? {});
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(MESSAGES);
  const records = summary?.records ?? [];
  expect(records.reduce((sum, { count }) => sum + count, 0)).toBe(MESSAGES);
}

/** kumod's Deliveries are the acked ones, and those for which a loss is shouted; never another. */
function expectNoUnfoundedDelivery({ summary }: RunState): void {
  const delivered = summary?.records.find(({ type }) => type === 'Delivery')?.count ?? 0;
  const warned = (summary?.silent_loss ?? 0) + (summary?.possible_loss ?? 0);
  expect(delivered - warned, JSON.stringify(summary)).toBe(summary?.verdicts.acked);
}

describeOnRabbitmq('20,000 messages while RabbitMQ', () => {
  it(
    'is killed: each ends, and those in flight are unknown',
    async () => {
      const { node, address } = await nodeWithInbox();
      const run = loadRun(address);
      await expect
        .poll(() => run.state()?.done, { timeout: 60_000 })
        .toBeGreaterThan(MESSAGES * 0.75);
      process.kill(node.serverPid, 'SIGKILL');

      const { end, longestPauseMs } = await run.ended;

      expectAllCounted(end);
      expectNoUnfoundedDelivery(end);
      expect(end.summary?.verdicts.unconfirmed).toBeGreaterThan(0);
      expect(end.summary?.verdicts.acked).toBeLessThan(MESSAGES);
      expect(longestPauseMs).toBeLessThan(LONGEST_PAUSE_MS);
    },
    OUTAGE_LIMIT_MS,
  );

  it(
    'stands still and comes back: nothing is sent twice, and what was acked is there',
    async () => {
      const { node, address } = await nodeWithInbox();
      const run = loadRun(address);
      await expect.poll(() => run.state()?.done, { timeout: 60_000 }).toBeGreaterThan(2_000);
      process.kill(node.serverPid, 'SIGSTOP');
      // It is back once the first messages have been given up.
      await expect
        .poll(() => run.history.counts().unconfirmed, { timeout: 60_000 })
        .toBeGreaterThan(0);
      process.kill(node.serverPid, 'SIGCONT');

      const { end, longestPauseMs } = await run.ended;

      expectAllCounted(end);
      expectNoUnfoundedDelivery(end);
      expect(longestPauseMs).toBeLessThan(LONGEST_PAUSE_MS);
      const received = await receivedIds(address, end.summary?.verdicts.acked ?? 0);
      expect(new Set(received).size).toBe(received.length);
      const missing = new Set(messageIds(run.history, 'acked'));
      for (const id of received) missing.delete(id);
      expect(missing.size).toBe(0);
    },
    OUTAGE_LIMIT_MS,
  );
});

/** Takes everything out of the inbox, at least `atLeast` messages. */
async function receivedIds(address: BrokerAddress, atLeast: number): Promise<string[]> {
  const channel = await adminChannel(address);
  const ids: string[] = [];
  await channel.consume('inbox', (message) => ids.push(message?.content.toString() ?? ''), {
    noAck: true,
  });
  await expect.poll(() => ids.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(atLeast);
  await expect.poll(async () => (await channel.checkQueue('inbox')).messageCount).toBe(0);
  return ids;
}
