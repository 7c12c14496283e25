import type { Socket } from 'node:net';
import type { Transport } from './transport.ts';

export function tcpTransport(socket: Socket): Transport {
  return { stream: socket, reset: () => socket.resetAndDestroy() };
}
