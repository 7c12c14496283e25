/** The two pages of the start-up figure, each from a server of its own on loopback. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { projectFolder } from './project-folder.ts';

export interface ServedPage {
  /** A link that opens the page in a fresh browser context. */
  nextUrl(): Promise<string>;
  /** Of the serving process, in bytes. */
  residentMemory(): Promise<number>;
  close(): Promise<void>;
}

/**
 * The workbench as `serve` gives it to a browser; every link works once.
 * @param folder what it opens; default: the first sample
 */
export async function serveWorkbench(folder?: string): Promise<ServedPage> {
  const home = await mkdtemp(path.join(tmpdir(), 'workbench-bench-'));
  const child = spawn(
    process.execPath,
    [
      path.join(projectFolder, 'dist/cli/cli.js'),
      'serve',
      '--no-open',
      ...(folder === undefined ? [] : [folder]),
    ],
    { env: { ...process.env, KUMO_WORKBENCH_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // The first link comes on stdout, each further one on stderr.
  const said = new PassThrough();
  child.stdout.pipe(said, { end: false });
  child.stderr.pipe(said, { end: false });
  child.once('exit', () => said.end());
  const lines = createInterface({ input: said })[Symbol.asyncIterator]();
  return {
    async nextUrl() {
      for (;;) {
        const line: IteratorResult<string, undefined> = await lines.next();
        if (line.done) throw new Error('The workbench ended.');
        const url = /http:\/\/\S+/.exec(line.value)?.[0];
        if (url !== undefined) return url;
        process.stderr.write(`${line.value}\n`);
      }
    },
    async residentMemory() {
      const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** A folder of built files, nothing more. */
export async function serveFolder(folder: string): Promise<ServedPage> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const file = path.join(folder, name === '/' ? 'index.html' : path.normalize(name));
    readFile(file).then(
      (bytes) => {
        response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
        response.end(bytes);
      },
      () => {
        response.writeHead(404).end();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    nextUrl: () => Promise.resolve(`http://127.0.0.1:${port}/`),
    residentMemory: () => Promise.resolve(process.memoryUsage.rss()),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
