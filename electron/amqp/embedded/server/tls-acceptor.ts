import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Server, TLSSocket } from 'node:tls';
import type { Transport } from './transport.ts';

/** What the broker shows its clients, and asks of them. All PEM. */
export interface TlsOptions {
  readonly certificate: string | Buffer;
  readonly key: string | Buffer;
  /** Given, every client must show a certificate that one of these has signed. */
  readonly clientAuthorities?: string | Buffer;
}

/** How long a client may take to agree on TLS. */
const handshakeMilliseconds = 10_000;

/** The server's side of TLS: sockets in, agreed connections out. Who does not agree is hung up on. */
export class TlsAcceptor {
  readonly #server: Server;
  /** By the client's port, which no two connections to the broker's one have at a time. */
  readonly #sockets = new Map<number, Socket>();

  /** Throws `Error` with what is wrong with the certificate or its key. */
  constructor(options: TlsOptions, onClient: (transport: Transport) => void) {
    this.#server = serverFor(options);
    this.#server.on('secureConnection', (stream: TLSSocket) => {
      const socket = this.#sockets.get(stream.remotePort ?? 0);
      // Gone already.
      if (socket === undefined) stream.destroy();
      else onClient({ stream, reset: () => socket.resetAndDestroy() });
    });
    this.#server.on('tlsClientError', (_error: Error, stream: TLSSocket) => stream.destroy());
  }

  accept(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    this.#sockets.set(port, socket);
    // The reason does not matter: the TLS stream over it ends as well.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(port));
    this.#server.emit('connection', socket);
  }

  /** Ends all, those too that have not agreed on TLS yet. */
  drop(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
}

function serverFor({ certificate, key, clientAuthorities }: TlsOptions): Server {
  const asks = clientAuthorities !== undefined;
  try {
    return createServer({
      cert: certificate,
      key,
      ca: clientAuthorities,
      requestCert: asks,
      rejectUnauthorized: asks,
      handshakeTimeout: handshakeMilliseconds,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The broker's certificate or key cannot be used: ${reason}.`, { cause: error });
  }
}
