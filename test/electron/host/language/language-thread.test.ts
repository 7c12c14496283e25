import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LanguageThread, Overtaken } from '../../../../electron/host/language/language-thread.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const SLIP = `local kumo = require 'kumo'\nkumo.onn('init', function() end)\n`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function threadOn(root: string, files: readonly string[], workerFile?: string): LanguageThread {
  const thread = new LanguageThread({ ...(workerFile === undefined ? {} : { workerFile }) });
  onTestFinished(() => thread.close());
  thread.setWorkspace(root, 'init.lua', files);
  return thread;
}

async function codes(thread: LanguageThread): Promise<string[]> {
  const findings = await thread.ask<'findings'>({ method: 'findings' });
  return findings.map(({ file, code }) => `${file}: ${code}`);
}

describe('the thread of the language service', () => {
  it('reads the files of the folder', async () => {
    const thread = threadOn(folderWith({ 'init.lua': SLIP }), ['init.lua']);
    expect(await codes(thread)).toEqual(['init.lua: unknown-member']);
  });

  it("counts an editor's text before the disk's, until it is closed", async () => {
    const thread = threadOn(folderWith({ 'init.lua': SLIP }), ['init.lua']);
    const texts = [{ path: 'init.lua', text: SLIP.replace('onn', 'on') }];
    expect(await thread.ask<'findings'>({ method: 'findings' }, { texts })).toEqual([]);
    expect(await codes(thread)).toEqual([]);
    thread.closeText('init.lua');
    expect(await codes(thread)).toEqual(['init.lua: unknown-member']);
  });

  it('reads a file again that changed on disk', async () => {
    const root = folderWith({ 'init.lua': SLIP });
    const thread = threadOn(root, ['init.lua']);
    await codes(thread);
    writeFileSync(join(root, 'init.lua'), SLIP.replace('onn', 'on'));
    thread.fileChanged('init.lua');
    expect(await codes(thread)).toEqual([]);
  });

  it('never begins a question that a newer one has overtaken', async () => {
    const thread = threadOn(folderWith({ 'init.lua': SLIP }), ['init.lua']);
    const ask = () => thread.ask<'findings'>({ method: 'findings' }, { topic: 'keys' });
    const [begun, overtaken, newest] = await Promise.allSettled([ask(), ask(), ask()]);
    expect(begun.status).toBe('fulfilled');
    expect(overtaken).toMatchObject({ status: 'rejected', reason: expect.any(Overtaken) as Error });
    expect(newest.status).toBe('fulfilled');
  });

  it('starts again when it died, with the texts that it had', async () => {
    // Dies of the question that follows the first text of an editor, once.
    const died = join(temporaryFolder(), 'died');
    const built = JSON.stringify(
      join(import.meta.dirname, '../../../../dist/host/language-worker.js'),
    );
    const dying = join(temporaryFolder(), 'dying-worker.mjs');
    writeFileSync(
      dying,
      `import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
await import(${built});
parentPort.on('message', ({ kind }) => {
  if (kind !== 'request' || existsSync(${JSON.stringify(died)})) return;
  writeFileSync(${JSON.stringify(died)}, '');
  process.exit(1);
});`,
    );
    const thread = threadOn(folderWith({ 'init.lua': '' }), ['init.lua'], dying);
    const texts = [{ path: 'init.lua', text: SLIP }];
    await expect(thread.ask<'findings'>({ method: 'findings' }, { texts })).rejects.toThrow(
      'starts again',
    );
    expect(await codes(thread)).toEqual(['init.lua: unknown-member']);
  });

  it('ends a question that takes too long', async () => {
    const hanging = join(temporaryFolder(), 'hanging-worker.mjs');
    writeFileSync(
      hanging,
      `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { for (;;); });`,
    );
    const thread = new LanguageThread({ workerFile: hanging, deadlineMs: 200 });
    onTestFinished(() => thread.close());
    await expect(thread.ask<'findings'>({ method: 'findings' })).rejects.toThrow(
      'took longer than 0.2 s',
    );
  });
});
