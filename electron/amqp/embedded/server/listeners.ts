import type { SecureContext } from 'node:tls';
import type { ListenOptions, ListeningPorts } from '../embedded-broker-options.ts';
import { Listener } from './listener.ts';
import { secureContext, tcpTransport, tlsTransport } from './socket-transport.ts';
import type { TlsOptions } from './socket-transport.ts';
import type { Transport } from './transport.ts';

/** The broker's ports: plain, and with a certificate one for TLS. */
export class Listeners {
  readonly #plain: Listener;
  readonly #tls: Listener | undefined;

  /** Throws `Error` for a certificate or a key that cannot be used. */
  constructor(tls: TlsOptions | undefined, onClient: (transport: Transport) => void) {
    this.#plain = new Listener((socket) => onClient(tcpTransport(socket)));
    if (tls === undefined) return;
    const context: SecureContext = secureContext(tls);
    const asksForCertificate = tls.clientAuthorities !== undefined;
    this.#tls = new Listener((socket) => {
      onClient(tlsTransport(socket, context, asksForCertificate));
    });
  }

  get port(): number | undefined {
    return this.#plain.port;
  }

  get tlsPort(): number | undefined {
    return this.#tls?.port;
  }

  /** Rejects with the system's error, and when they listen already; then none does. */
  async listen({ port = 0, tlsPort = 0 }: ListenOptions): Promise<ListeningPorts> {
    const plain = await this.#plain.listen(port);
    try {
      return { port: plain, tlsPort: await this.#tls?.listen(tlsPort) };
    } catch (error) {
      this.#plain.stop();
      throw error;
    }
  }

  /** Clients are refused by the system; the ports are remembered. */
  refuse(): void {
    this.#plain.refuse();
    this.#tls?.refuse();
  }

  /** On the same ports again. Rejects when one has gone to another program. */
  async accept(): Promise<void> {
    await this.#plain.accept();
    await this.#tls?.accept();
  }

  stop(): void {
    this.#plain.stop();
    this.#tls?.stop();
  }
}
