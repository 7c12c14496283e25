import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { prepare } from '../../../electron/setup/prepare.mjs';
import { fuseSentinel, makeFakeElectron } from './fake-electron-distribution.ts';

const root = path.resolve(import.meta.dirname, '../../..');
let folder: string;
/** Every file of the packaged application, and whether it lies beside the archive. */
let packaged: Map<string, 'packed' | 'unpacked'>;

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>> | undefined;
  readonly unpacked?: boolean | undefined;
}
const asarEntrySchema: z.ZodType<AsarEntry> = z.lazy(() =>
  z.object({
    files: z.record(z.string(), asarEntrySchema).optional(),
    unpacked: z.boolean().optional(),
  }),
);

/** The header of an archive: four lengths of four bytes, the last that of the JSON that follows. */
async function asarFiles(archive: string): Promise<Map<string, 'packed' | 'unpacked'>> {
  const bytes = await readFile(archive);
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8');
  const found = new Map<string, 'packed' | 'unpacked'>();
  const visit = (entry: AsarEntry, place: string): void => {
    if (entry.files === undefined) found.set(place, entry.unpacked ? 'unpacked' : 'packed');
    else {
      for (const [name, inner] of Object.entries(entry.files)) {
        visit(inner, place === '' ? name : `${place}/${name}`);
      }
    }
  };
  visit(asarEntrySchema.parse(JSON.parse(header)), '');
  return found;
}

async function filesBelow(place: string): Promise<string[]> {
  const entries = await readdir(path.join(root, place), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

beforeAll(async () => {
  await prepare({ halves: ['node', 'renderer'] });
  folder = await mkdtemp(path.join(tmpdir(), 'package-'));
  const manifest = await readFile(path.join(root, 'node_modules/electron/package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  await makeFakeElectron(path.join(folder, 'electron'), version);
  await promisify(execFile)(
    process.execPath,
    [
      path.join(root, 'node_modules/electron-builder/cli.js'),
      '--config=electron-builder.yml',
      '--linux',
      '--x64',
      '--dir',
      '--publish=never',
      `-c.electronDist=${path.join(folder, 'electron')}`,
      `-c.directories.output=${path.join(folder, 'release')}`,
    ],
    { cwd: root },
  );
  packaged = await asarFiles(path.join(folder, 'release/linux-unpacked/resources/app.asar'));
}, 120_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('the archive holds what the application needs, and nothing else', async () => {
  const renderer = (await filesBelow('dist/renderer')).filter((file) => !file.endsWith('.map'));
  const samples = (await filesBelow('lua-runtime/samples')).map((file) =>
    file.replace('lua-runtime/samples', 'dist/samples'),
  );
  expect(renderer).toContain('dist/renderer/index.html');
  expect([...packaged.keys()].sort()).toEqual(
    [
      'LICENSE',
      'package.json',
      'dist/main/main.js',
      'dist/preload/preload.cjs',
      'dist/host/policy-worker.js',
      'dist/host/reading-worker.js',
      'dist/host/language-worker.js',
      'dist/host/glue.wasm',
      ...samples,
      ...renderer,
    ].sort(),
  );
});

test('what worker threads and copies read lies beside the archive', () => {
  for (const [file, where] of packaged) {
    const beside = file.startsWith('dist/host/') || file.startsWith('dist/samples/');
    expect(where, file).toBe(beside ? 'unpacked' : 'packed');
  }
});

test('the bundles need no packages: they import Node’s own modules and Electron only', async () => {
  for (const file of [
    'dist/main/main.js',
    'dist/preload/preload.cjs',
    'dist/host/policy-worker.js',
    'dist/host/reading-worker.js',
    'dist/host/language-worker.js',
  ]) {
    const text = await readFile(path.join(root, file), 'utf8');
    const imported = [
      ...text.matchAll(/^import\b[^;]*?["']([^"'\n]+)["'];?$/gm),
      ...text.matchAll(/\brequire\("([^"]+)"\)/g),
    ].map(([, name]) => name!);
    const { builtinModules } = await import('node:module');
    const foreign = imported.filter(
      (name) => name !== 'electron' && !builtinModules.includes(name.replace(/^node:/, '')),
    );
    expect(foreign, file).toEqual([]);
  }
});

test('the fuses are set in the program', async () => {
  const program = await readFile(path.join(folder, 'release/linux-unpacked/kumo-workbench'));
  const start = program.indexOf(fuseSentinel) + fuseSentinel.length + 2;
  const [
    runAsNode,
    cookieEncryption,
    nodeOptions,
    nodeInspect,
    asarIntegrity,
    onlyAsar,
    browserSnapshot,
    fileProtocolPrivileges,
  ] = program.subarray(start).toString('latin1');
  expect({ runAsNode, nodeOptions, nodeInspect, browserSnapshot, fileProtocolPrivileges }).toEqual({
    runAsNode: '0',
    nodeOptions: '0',
    nodeInspect: '0',
    browserSnapshot: '0',
    fileProtocolPrivileges: '0',
  });
  expect({ cookieEncryption, asarIntegrity, onlyAsar }).toEqual({
    cookieEncryption: '1',
    asarIntegrity: '1',
    onlyAsar: '1',
  });
});
