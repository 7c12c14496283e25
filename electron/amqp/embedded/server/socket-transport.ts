import type { Socket } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { Transport } from './transport.ts';

/** What the broker shows its clients, and asks of them. All PEM. */
export interface TlsOptions {
  readonly certificate: string | Buffer;
  readonly key: string | Buffer;
  /** Given, every client must show a certificate that one of these has signed. */
  readonly clientAuthorities?: string | Buffer;
}

export function tcpTransport(socket: Socket): Transport {
  return { stream: socket, reset: () => socket.resetAndDestroy() };
}

/** Throws `Error` with what is wrong with the certificate or its key. */
export function secureContext({ certificate, key, clientAuthorities }: TlsOptions): SecureContext {
  try {
    return createSecureContext({ cert: certificate, key, ca: clientAuthorities });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The broker's certificate or key cannot be used: ${reason}.`, { cause: error });
  }
}

/** The server's side of TLS over the socket; the stream fails when the client does not manage it. */
export function tlsTransport(
  socket: Socket,
  context: SecureContext,
  asksForCertificate: boolean,
): Transport {
  const stream = new TLSSocket(socket, {
    isServer: true,
    secureContext: context,
    requestCert: asksForCertificate,
    rejectUnauthorized: asksForCertificate,
  });
  // The TLS stream ends with the socket beneath, which has its own errors, such as a reset.
  socket.on('error', (error) => stream.destroy(error));
  socket.on('close', () => stream.destroy());
  return { stream, reset: () => socket.resetAndDestroy() };
}
