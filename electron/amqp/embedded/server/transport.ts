import type { Duplex } from 'node:stream';

/** A client's bytes, both ways: over TCP, over TLS, or from a test without a socket. */
export interface Transport {
  readonly stream: Duplex;
  /** Ends it with a TCP reset. */
  reset(): void;
}
