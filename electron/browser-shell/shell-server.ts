/** The browser shell's server: the page over HTTP and the bridge over WebSocket, on loopback only. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { serveBridge } from '../bridge/server.ts';
import type { BridgeHost } from '../bridge/server.ts';
import { Access, isOwnHost, isOwnOrigin } from './access.ts';
import { servePage } from './page-server.ts';
import { maxFrameBytes, webSocketLink } from './websocket-link.ts';

export interface ShellServerOptions {
  readonly host: BridgeHost;
  /** 0: any free port. */
  readonly port: number;
  readonly rendererFolder: string;
  readonly bridgeScript: string;
  /** Hears that a link was followed; a further window needs a new one. */
  onLinkUsed?(): void;
}

export interface ShellServer {
  readonly port: number;
  /** A link that opens the workbench in one browser, once. */
  newLink(): string;
  close(): Promise<void>;
}

/** Starts to listen on 127.0.0.1. Rejects with the system's error when the port is taken. */
export async function startShellServer(options: ShellServerOptions): Promise<ShellServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const access = new Access(port);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
  });

  server.on('request', (request, response) => {
    void servePage(request, response, {
      access,
      port,
      rendererFolder: options.rendererFolder,
      bridgeScript: options.bridgeScript,
      onTokenUsed: () => options.onLinkUsed?.(),
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (!mayOpenBridge(request, access, port)) {
      refuseUpgrade(socket);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      serveBridge(webSocketLink(webSocket), options.host);
    });
  });

  return {
    port,
    newLink: () => `http://127.0.0.1:${port}/?token=${access.issueToken()}`,
    async close() {
      for (const client of sockets.clients) client.close(1001, 'The workbench was closed.');
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      for (const client of sockets.clients) client.terminate();
      await closed;
    },
  };
}

function mayOpenBridge({ url, headers }: IncomingMessage, access: Access, port: number): boolean {
  return (
    url === '/bridge' &&
    isOwnHost(headers.host, port) &&
    isOwnOrigin(headers.origin, headers.host) &&
    access.hasSession(headers.cookie)
  );
}

function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => undefined);
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
