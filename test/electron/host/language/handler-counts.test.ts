/** Counted from a real delivery, because only that shows where kumod's calls come from. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CodeLens } from '../../../../electron/bridge/language.ts';
import { createWorkbench } from '../../../../electron/host/workbench.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const POLICY = `local kumo = require 'kumo'
kumo.on('get_queue_config', function() end)
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make' } } }
end)
kumo.on('get_queue_config', function() end)
kumo.on('make', function() error 'no' end)
`;

it('the lenses of a policy tell what its last delivery called', async () => {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  writeFileSync(join(folder, 'init.lua'), POLICY);
  const workbench = await createWorkbench({
    shell: 'browser',
    open: folder,
    dataDir: join(temporaryFolder(), 'data'),
  });
  onTestFinished(() => workbench.close());
  const { handlers } = workbench;
  const told = async () => {
    const request = { method: 'codeLens', path: 'init.lua' } as const;
    const { answer } = await handlers['language.ask']({ request, text: POLICY });
    return (answer as readonly CodeLens[])
      .filter(({ command }) => command.title.includes('last run'))
      .map(({ range, command }) => `${range.start.line + 1} ${command.title}`);
  };
  expect(await told()).toEqual([]);

  const ended = new Promise<void>((resolve) => {
    workbench.onEvent(({ event, payload }) => {
      if (event === 'run' && 'state' in payload && payload.state === 'finished') resolve();
    });
  });
  const form = { queue: 'x', sender: '', recipient: '', meta: {}, headers: '', body: 'x' };
  await handlers['runs.deliver']({ form, count: 2, sessions: 1 });
  await ended;

  expect(await told()).toEqual([
    '2 called once in the last run',
    '3 called once in the last run',
    '6 not called in the last run',
    '7 called 2 times in the last run, always failed',
  ]);
});
