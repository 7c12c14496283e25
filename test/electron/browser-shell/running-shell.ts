import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { startShellServer } from '../../../electron/browser-shell/shell-server.ts';
import type { ShellServer } from '../../../electron/browser-shell/shell-server.ts';
import { ParseOnlyHost } from '../bridge/parse-only-host.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A browser shell that listens, with a page of two files and a secret beside it. */
export interface RunningShell {
  readonly host: ParseOnlyHost;
  readonly server: ShellServer;
  /** `127.0.0.1:PORT` */
  readonly address: string;
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>;
  /** Follows a new link; the cookie as a request's header. */
  signIn(): Promise<string>;
  /** Resolves once the WebSocket is open; rejects when the upgrade is refused. */
  connect(headers: Readonly<Record<string, string>>, path?: string): Promise<WebSocket>;
  stop(): Promise<void>;
}

export async function startShell(): Promise<RunningShell> {
  const folder = await mkdtemp(join(tmpdir(), 'browser-shell-'));
  const rendererFolder = join(folder, 'renderer');
  await mkdir(join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(rendererFolder, 'assets/index-AbCd1234.js'), 'export {};');
  await writeFile(join(folder, 'secret.js'), 'secret');
  await writeFile(join(folder, 'bridge-script.js'), 'window.workbench = {};');
  const host = new ParseOnlyHost();
  const server = await startShellServer({
    host,
    port: 0,
    rendererFolder,
    bridgeScript: join(folder, 'bridge-script.js'),
  });
  const address = `127.0.0.1:${server.port}`;
  const sockets: WebSocket[] = [];

  const get: RunningShell['get'] = (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      // Not fetch: it sets Host by itself and folds `..` away.
      const call = request({ host: '127.0.0.1', port: server.port, path, method, headers });
      call.once('error', reject);
      call.once('response', (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => (body += text));
        response.once('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      });
      call.end();
    });

  return {
    host,
    server,
    address,
    get,
    async signIn() {
      const { pathname, search } = new URL(server.newLink());
      const answer = await get(pathname + search);
      const [cookie] = answer.headers['set-cookie'] ?? [];
      if (cookie === undefined) throw new Error('The link gave no cookie.');
      return cookie.split(';', 1)[0] ?? '';
    },
    connect(headers, path = '/bridge') {
      const socket = new WebSocket(`ws://${address}${path}`, { headers });
      sockets.push(socket);
      return new Promise((resolve, reject) => {
        socket.once('open', () => {
          resolve(socket);
        });
        socket.once('error', reject);
      });
    },
    async stop() {
      for (const socket of sockets) socket.terminate();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
