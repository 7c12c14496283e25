import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UnsavedTexts } from '../../../electron/host/unsaved-texts.ts';
import { temporaryFolder } from './temporary-folder.ts';

const text = (path: string, content: string) => ({ path, text: content, version: 'v1', at: 5 });

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

describe('unsaved texts', () => {
  it('outlive the process, by folder, until they are forgotten', async () => {
    const dataDir = temporaryFolder();
    const before = new UnsavedTexts(dataDir);
    await before.keep('/a', text('init.lua', 'one'));
    await before.keep('/a', text('lib/x.lua', 'two'));
    await before.keep('/b', text('init.lua', 'three'));

    const after = new UnsavedTexts(dataDir);
    expect((await after.of('/a')).map(({ path, text: kept }) => [path, kept]).sort()).toEqual([
      ['init.lua', 'one'],
      ['lib/x.lua', 'two'],
    ]);
    await after.forget('/a', 'init.lua');
    expect(await after.of('/a')).toHaveLength(1);
    expect(await after.of('/b')).toEqual([text('init.lua', 'three')]);
    expect(await after.of('/never')).toEqual([]);
  });

  it('keep what came last, however close together', async () => {
    const unsaved = new UnsavedTexts(temporaryFolder());
    const all = Array.from({ length: 20 }, (_, i) => unsaved.keep('/a', text('x', String(i))));
    void unsaved.forget('/a', 'y');
    await Promise.all(all);
    expect(await unsaved.of('/a')).toEqual([text('x', '19')]);
  });

  it('are for this user alone, and a broken file hides no other', async () => {
    const dataDir = temporaryFolder();
    const unsaved = new UnsavedTexts(dataDir);
    await unsaved.keep('/a', text('x', 'one'));
    const [file = ''] = filesBelow(dataDir);
    expect(statSync(file).mode & 0o077).toBe(0);
    writeFileSync(join(file, '..', 'half.json'), '{"path":');
    expect(await unsaved.of('/a')).toHaveLength(1);
  });
});
