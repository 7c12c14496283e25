import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SearchQuestion } from '../../../electron/bridge/search.ts';
import { searchFiles } from '../../../electron/host/search-files.ts';
import { listFiles } from '../../../electron/host/workspace.ts';
import { temporaryFolder } from './temporary-folder.ts';

const nothing: SearchQuestion = {
  text: '',
  matchCase: false,
  wholeWord: false,
  regularExpression: false,
  texts: [],
};

async function search(
  files: Readonly<Record<string, string | Uint8Array>>,
  question: Partial<SearchQuestion>,
): Promise<string[]> {
  const root = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const asked = { ...nothing, ...question };
  const answer = await searchFiles(root, await listFiles(root), asked);
  return answer.files.flatMap(({ path, places }) =>
    places.map(({ line, column, length, preview, previewColumn }) => {
      const found = preview.slice(previewColumn, previewColumn + length);
      return `${path}:${line}:${column} ${found}`;
    }),
  );
}

describe('searching all files', () => {
  const files = {
    'init.lua': "kumo.on('x')\nlocal Kumo = kumo.kumo\n",
    'lib/queue.toml': '[queue]\n# kumo (1.5)*\n',
  };

  it('finds a text wherever it stands, as it is written', async () => {
    expect(await search(files, { text: 'kumo' })).toEqual([
      'init.lua:1:1 kumo',
      'init.lua:2:7 Kumo',
      'init.lua:2:14 kumo',
      'init.lua:2:19 kumo',
      'lib/queue.toml:2:3 kumo',
    ]);
    expect(await search(files, { text: '(1.5)*' })).toEqual(['lib/queue.toml:2:8 (1.5)*']);
    expect(await search(files, { text: '' })).toEqual([]);
  });

  it('minds case and whole words where it is asked to', async () => {
    expect(await search(files, { text: 'Kumo', matchCase: true })).toEqual(['init.lua:2:7 Kumo']);
    expect(await search({ 'a.lua': 'on one\non' }, { text: 'on', wholeWord: true })).toEqual([
      'a.lua:1:1 on',
      'a.lua:2:1 on',
    ]);
  });

  it('finds what a regular expression matches within a line, and nothing where it matches nothing', async () => {
    const regular = { regularExpression: true };
    expect(await search(files, { text: String.raw`on\('(\w*)'|\[q.*\]`, ...regular })).toEqual([
      "init.lua:1:6 on('x'",
      'lib/queue.toml:1:1 [queue]',
    ]);
    expect(await search(files, { text: 'z*', ...regular })).toEqual([]);
    const whole = { text: 'ku|mo', wholeWord: true, ...regular };
    expect(await search({ 'a.lua': 'kumo mo' }, whole)).toEqual(['a.lua:1:6 mo']);
  });

  it('says what is wrong with a regular expression', async () => {
    const question = { text: '(kumo', regularExpression: true };
    await expect(search(files, question)).rejects.toThrow(
      '(kumo is no regular expression: unterminated group.',
    );
  });

  it('ends a regular expression that takes too long, and says so', async () => {
    const endless = { 'a.lua': `${'a'.repeat(60)}!` };
    const question = { text: '(a+)+$', regularExpression: true };
    await expect(search(endless, question)).rejects.toThrow('This expression takes too long.');
    // Also when no single text takes long.
    const slow = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [`${n}.lua`, `${'a'.repeat(22)}!`]),
    );
    await expect(search(slow, question)).rejects.toThrow('This expression takes too long.');
  });

  it("takes the editor's text before the disk's, and leaves out what is no text", async () => {
    const binary = { 'a.lua': 'old', 'b.bin': new Uint8Array([0xff, 0x6f, 0x6c, 0x64]) };
    const texts = [{ path: 'a.lua', text: 'new old' }];
    expect(await search(binary, { text: 'old', texts })).toEqual(['a.lua:1:5 old']);
  });

  it('shows the part of a long line where it is, and tells when it stops', async () => {
    const long = `${'x'.repeat(500)}needle${'y'.repeat(500)}`;
    expect(await search({ 'a.lua': long }, { text: 'needle' })).toEqual(['a.lua:1:501 needle']);
    const root = temporaryFolder();
    writeFileSync(join(root, 'a.lua'), 'a\n'.repeat(3_000));
    const asked = { ...nothing, text: 'a' };
    expect(await searchFiles(root, await listFiles(root), asked)).toMatchObject({
      places: 2_000,
      isCut: true,
    });
  });
});
