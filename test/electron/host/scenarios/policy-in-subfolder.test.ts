/** The recording of a scenario whose policy lies in a subfolder leads to the policy's own lines. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Coverage } from '../../../../lua-runtime/debugger/run-reading.ts';
import { samplesFolder } from '../../../../electron/host/shipped-files.ts';
import { openWorkbench } from '../open-workbench.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it('names files from the opened folder: in recordings, in the console and in coverage', async () => {
  const folder = join(temporaryFolder(), 'policies');
  mkdirSync(join(folder, 'mail/eu'), { recursive: true });
  // The folder's own policy has other lines under the same name.
  writeFileSync(join(folder, 'init.lua'), `local kumo = require 'kumo'\n`);
  for (const file of ['init.lua', 'definitions.json']) {
    cpSync(join(samplesFolder(), 'amqp-routing', file), join(folder, 'mail/eu', file));
  }
  const scenario = {
    name: 'fails',
    deliver: { queue: 'amqp' },
    broker: { fault: 'nack' },
    expect: { record: { type: 'Delivery' } },
  };
  const file = 'mail/mail.scenarios.json';
  const content = { version: 1, policy: 'eu/init.lua', scenarios: [scenario] };
  writeFileSync(join(folder, file), JSON.stringify(content));
  const workbench = await openWorkbench({ open: folder });
  const { handlers } = workbench;
  await handlers['scenarios.run']({});
  const { mismatches, deliveryId = 0 } = await workbench.event(
    'scenario',
    ({ state }) => state === 'failed',
  );
  expect(mismatches?.[0]?.location).toEqual({ file: 'mail/eu/init.lua', line: 35 });

  const { row, entries } = await handlers['deliveries.recording']({ id: deliveryId });

  const places = JSON.stringify(entries).match(/"file":"[^"]*"/g) ?? [];
  expect(new Set(places)).toEqual(new Set(['"file":"mail/eu/init.lua"']));
  const file1 = entries.find((entry) => entry.kind === 'file');
  expect(file1).toMatchObject({ path: 'mail/eu/init.lua' });

  const reading = { kind: 'coverage', values: false } as const;
  const read = await handlers['readings.read']({ runId: row.runId, reading });
  expect((read.result as Coverage).files.map((each) => each.file)).toEqual(['mail/eu/init.lua']);
  expect(read.changedFiles).toEqual([]);

  const point = { id: 1, file: 'mail/eu/init.lua', line: 35, logMessage: '{result.status}' };
  const points = { kind: 'log-points', points: [point], limit: 10 } as const;
  const logged = await handlers['readings.read']({ runId: row.runId, reading: points });
  expect(logged.result).toMatchObject([{ passes: 1, values: [{ text: 'Nack' }] }]);
});
