import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  defaultPolicyFile,
  listFiles,
  openPath,
  readText,
  writeText,
} from '../../../electron/host/workspace.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('listFiles', () => {
  it('lists what a person edits and leaves out hidden names and node_modules', async () => {
    const root = temporaryFolder();
    for (const folder of ['lib', '.git', 'node_modules/x'])
      mkdirSync(join(root, folder), { recursive: true });
    for (const file of ['init.lua', 'lib/routes.lua', '.env', 'node_modules/x/a.lua']) {
      writeFileSync(join(root, file), 'x');
    }
    expect((await listFiles(root)).map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'file init.lua',
      'folder lib',
      'file lib/routes.lua',
    ]);
  });

  it('does not follow links that lead out or in circles', async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.lua'), '');
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(root, join(root, 'self'));
    expect(await listFiles(root)).toEqual([]);
  });

  it('stops at some thousands', async () => {
    const root = temporaryFolder();
    for (let n = 0; n < 5_100; n++) writeFileSync(join(root, `f${n}`), '');
    expect(await listFiles(root)).toHaveLength(5_000);
  });
});

describe('reading and writing', () => {
  it.each(['../x.lua', '/etc/passwd', 'a/../../x', ''])('refuses %j', async (path) => {
    const root = temporaryFolder();
    await expect(readText(root, path)).rejects.toMatchObject({ code: 'refused' });
    await expect(writeText(root, path, 'x', undefined)).rejects.toMatchObject({ code: 'refused' });
  });

  it('refuses to write through a linked folder that leads out', async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    symlinkSync(outside, join(root, 'out'));
    await expect(writeText(root, 'out/new.lua', 'x', undefined)).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('writes a file that was read and keeps its mode', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'a.lua'), 'one', { mode: 0o755 });
    const read = await readText(root, 'a.lua');
    const written = await writeText(root, 'a.lua', 'two', read.version);
    expect(written).toMatchObject({ result: 'written', file: { text: 'two' } });
    expect(await readText(root, 'a.lua')).toEqual(written.file);
  });

  it('answers a conflict when somebody else wrote meanwhile, and changes nothing', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'a.lua'), 'one');
    const read = await readText(root, 'a.lua');
    writeFileSync(join(root, 'a.lua'), 'theirs');
    const result = await writeText(root, 'a.lua', 'mine', read.version);
    expect(result).toMatchObject({ result: 'conflict', file: { text: 'theirs' } });
    expect(readFileSync(join(root, 'a.lua'), 'utf8')).toBe('theirs');
  });

  it('creates with folders, and does not overwrite when creating', async () => {
    const root = temporaryFolder();
    expect(await writeText(root, 'new/b.lua', 'x', undefined)).toMatchObject({ result: 'written' });
    expect(await writeText(root, 'new/b.lua', 'y', undefined)).toMatchObject({
      result: 'conflict',
      file: { text: 'x' },
    });
  });

  it('refuses what is not UTF-8 text', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'a.lua'), Buffer.from([0xff, 0xfe]));
    await expect(readText(root, 'a.lua')).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('openPath', () => {
  it('opens a policy file with its folder as root', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'policy.lua'), '');
    expect(await openPath(join(root, 'policy.lua'))).toEqual({ root, policyFile: 'policy.lua' });
  });

  it('says what is wrong with a path that is none', async () => {
    await expect(openPath('/no/such/folder')).rejects.toThrow(
      'There is nothing at /no/such/folder',
    );
    await expect(openPath('relative')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('prefers init.lua and else takes the first script', () => {
    const file = (path: string) => ({ path, kind: 'file' as const, size: 1 });
    expect(defaultPolicyFile([file('a.lua'), file('init.lua')])).toBe('init.lua');
    expect(defaultPolicyFile([file('README.md'), file('b.lua')])).toBe('b.lua');
    expect(defaultPolicyFile([])).toBe('');
  });
});
