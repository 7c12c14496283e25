/**
 * `check` over a workspace of 300 files, as a process from start to end, against `luac -p` and luacheck
 * (Debian's lua-check) on the same files, one after the other.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compare } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import { renderTable } from './table.ts';

const FILES = 300;
const ROUNDS = 5;
const AT_MOST = 3;
const cli = path.join(projectFolder, 'dist/cli/cli.js');
const samples = path.join(projectFolder, 'lua-runtime/samples');

let lines = 0;
const folder = await mkdtemp(path.join(tmpdir(), 'workbench-bench-check-'));
const files = await writeWorkspace();
let ourMemory = 0;

/** A policy and its modules: the samples' code, each with constructors of its own. */
async function writeWorkspace(): Promise<string[]> {
  const texts = await Promise.all(
    ['tenant-campaign-routing', 'amqp-routing', 'amqp-log-hook'].map((name) =>
      readFile(path.join(samples, name, 'init.lua'), 'utf8'),
    ),
  );
  await mkdir(path.join(folder, 'lib'));
  const names = Array.from({ length: FILES }, (_, i) =>
    i === 0 ? 'init.lua' : `lib/module${i}.lua`,
  );
  for (const [i, name] of names.entries()) {
    const blocks = texts.map((text) => {
      const own = text.replace(/make\.[\w.]+/g, (constructor) => `${constructor}.${i}`);
      return `do\n${own.replace(/^/gm, '  ')}\nend\n`;
    });
    const text =
      i === 0
        ? names
            .slice(1)
            .map((module) => `require '${module.replace('/', '.').replace('.lua', '')}'\n`)
            .join('')
        : blocks.join('');
    lines += text.split('\n').length;
    await writeFile(path.join(folder, name), text);
  }
  return names.map((name) => path.join(folder, name));
}

/** Seconds until a program ends, whatever it found, and the most memory it had, in MB. */
async function run(command: string, args: readonly string[]): Promise<[number, number]> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: 'ignore' });
  let most = 0;
  const look = setInterval(() => {
    readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').then(
      (status) => {
        most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      },
      () => undefined,
    );
  }, 20);
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      resolve();
    });
  });
  clearInterval(look);
  return [(performance.now() - start) / 1000, most];
}

async function ours(): Promise<number> {
  const [seconds, memory] = await run(process.execPath, [cli, 'check', folder]);
  ourMemory = Math.max(ourMemory, memory);
  return seconds;
}

async function peer(): Promise<number> {
  const [compile] = await run('luac5.4', ['-p', ...files]);
  const [lint] = await run('luacheck', ['--std', 'lua54', '-q', ...files]);
  return compile + lint;
}

try {
  if (!existsSync('/usr/bin/luacheck')) {
    throw new Error('This bench compares with luacheck: apt-get install lua-check');
  }
  const comparison = await compare({
    subject: `check of ${FILES} files, ${lines} lines`,
    unit: 's',
    peerName: 'luac -p, luacheck',
    aim: { atMost: AT_MOST },
    rounds: ROUNDS,
    ours,
    peer,
  });
  process.stdout.write(
    `${renderTable(
      [comparison],
      [{ subject: 'its most memory', value: `${ourMemory.toFixed(0)} MB` }],
    )}\n`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
