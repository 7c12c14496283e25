import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeliveryRun } from '../../../electron/host/delivery-run.ts';
import { startEmbeddedBroker } from '../../../electron/host/embedded-broker-service.ts';
import { createMessageFactory } from '../../../electron/host/message-form.ts';
import { mappedBroker } from '../../../electron/host/run-broker.ts';
import { DEFAULT_LIMITS } from '../../../electron/host/worker/worker-contract.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { temporaryFolder } from './temporary-folder.ts';

const samples = join(import.meta.dirname, '../../../lua-runtime/samples');

/** The recording of messages delivered one after the other in a session. */
async function recordingOf(count: number): Promise<readonly Entry[]> {
  const root = temporaryFolder();
  cpSync(join(samples, 'amqp-routing'), root, { recursive: true });
  const broker = await startEmbeddedBroker({ port: 0 });
  broker.broker.declareQueue('logging');
  const entries: Entry[] = [];
  const message = { queue: 'amqp', sender: '', recipient: '', meta: {}, data: new Uint8Array() };
  const run = new DeliveryRun({
    runId: 'run-1',
    policy: {
      engine: 'lua54',
      workspaceRoot: root,
      policyFile: 'init.lua',
      environment: {},
      limits: DEFAULT_LIMITS,
    },
    seed: 7,
    queue: 'amqp',
    count,
    sessions: 1,
    makeMessage: createMessageFactory(message, 7),
    broker: mappedBroker('embedded', broker.address, {
      confirms: 'broker',
      confirmTimeoutMs: 5_000,
    }),
    onEntry: (entry) => entries.push(entry),
    onFinished: () => undefined,
  });
  await run.run();
  await broker.close();
  return entries;
}

describe('the recording of a run', () => {
  it('tells of each message in the order in which it went through the policy', async () => {
    const entries = await recordingOf(50);
    // The first one has the session's beginning among its entries.
    for (let message = 2; message <= 50; message++) {
      const told = entries
        .filter((entry) => entry.message === message)
        .map((entry) => ('name' in entry ? `${entry.kind} ${entry.name}` : entry.kind));
      const [first, called, asked, published] = told;
      expect([first, called, asked, published]).toEqual([
        'message',
        'call',
        'host-call amqp.publish',
        'publish',
      ]);
      expect(told.at(-1)).toBe('record');
    }
  });
});
