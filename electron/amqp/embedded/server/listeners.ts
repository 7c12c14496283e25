import type { ListenOptions, ListeningPorts } from '../embedded-broker-options.ts';
import { Listener } from './listener.ts';
import { tcpTransport } from './socket-transport.ts';
import { TlsAcceptor } from './tls-acceptor.ts';
import type { TlsOptions } from './tls-acceptor.ts';
import type { Transport } from './transport.ts';

/** The broker's ports: plain, and with a certificate one for TLS. */
export class Listeners {
  readonly #plain: Listener;
  readonly #tls: { readonly listener: Listener; readonly acceptor: TlsAcceptor } | undefined;

  /** Throws `Error` for a certificate or a key that cannot be used. */
  constructor(tls: TlsOptions | undefined, onClient: (transport: Transport) => void) {
    this.#plain = new Listener((socket) => onClient(tcpTransport(socket)));
    if (tls === undefined) return;
    const acceptor = new TlsAcceptor(tls, onClient);
    this.#tls = { acceptor, listener: new Listener((socket) => acceptor.accept(socket)) };
  }

  get port(): number | undefined {
    return this.#plain.port;
  }

  get tlsPort(): number | undefined {
    return this.#tls?.listener.port;
  }

  /** Rejects with the system's error, and when they listen already; then none does. */
  async listen({ port = 0, tlsPort = 0 }: ListenOptions): Promise<ListeningPorts> {
    const plain = await this.#plain.listen(port);
    try {
      return { port: plain, tlsPort: await this.#tls?.listener.listen(tlsPort) };
    } catch (error) {
      this.#plain.stop();
      throw error;
    }
  }

  /** Clients are refused by the system; the ports are remembered. */
  refuse(): void {
    this.#plain.refuse();
    this.#tls?.listener.refuse();
  }

  /** On the same ports again. Rejects when one has gone to another program. */
  async accept(): Promise<void> {
    await this.#plain.accept();
    await this.#tls?.listener.accept();
  }

  stop(): void {
    this.#plain.stop();
    this.#tls?.listener.stop();
  }

  /** Ends what has come in over TLS without a word, agreed or not; plain sockets are the caller's. */
  dropTls(): void {
    this.#tls?.acceptor.drop();
  }
}
