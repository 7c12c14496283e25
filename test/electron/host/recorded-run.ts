/** Delivers by a policy given as text, in real workers against the embedded broker, for tests. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeliveryRun } from '../../../electron/host/delivery-run.ts';
import { startEmbeddedBroker } from '../../../electron/host/start-embedded-broker.ts';
import { createMessageFactory } from '../../../electron/host/message-form.ts';
import { mappedBroker } from '../../../electron/host/run-broker.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A recording as `deliver --json` makes it, without a debugger: messages for the queue `amqp`. */
export async function recordedRun(
  engine: EngineId,
  policy: string,
  { count = 1, deadlineMs = 10_000 } = {},
): Promise<Entry[]> {
  const root = temporaryFolder();
  writeFileSync(join(root, 'init.lua'), policy);
  const broker = await startEmbeddedBroker({ port: 0 });
  broker.broker.declareQueue('orders');
  const entries: Entry[] = [];
  const source = { queue: 'amqp', sender: '', recipient: '', meta: {}, data: new Uint8Array() };
  const run = new DeliveryRun({
    runId: 'run-1',
    policy: {
      engine,
      workspaceRoot: root,
      policyFile: 'init.lua',
      environment: {},
      limits: { deadlineMs, memoryBytes: 256 * 2 ** 20 },
    },
    seed: 7,
    queue: 'amqp',
    count,
    sessions: 1,
    makeMessage: createMessageFactory(source, 7),
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
