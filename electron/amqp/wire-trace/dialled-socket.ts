/**
 * The socket that a client library dials. amqplib gives its socket away only when the connection is
 * open, after the handshake, and a refused one never.
 */
import net from 'node:net';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { ConnectionTrace } from './connection-trace.ts';
import { tapStream } from './tap-stream.ts';

/**
 * Runs `dial`, which connects in this very call, and taps the socket that it made. For that time
 * Node's own `connect` functions are ours: what is dialled by others cannot fall into it, because
 * nothing else runs meanwhile. Throws `Error` when `dial` made no socket.
 */
export function tapDialled<T>(dial: () => T, trace: ConnectionTrace): T {
  const { connect } = net;
  const { connect: connectTls } = tls;
  let socket: Socket | undefined;
  const seen = <S extends Socket>(made: S): S => {
    socket ??= made;
    return made;
  };
  net.connect = (...args: unknown[]) => seen(Reflect.apply(connect, net, args) as Socket);
  tls.connect = (...args: unknown[]) => seen(Reflect.apply(connectTls, tls, args) as tls.TLSSocket);
  let result: T;
  try {
    result = dial();
  } finally {
    net.connect = connect;
    tls.connect = connectTls;
  }
  if (socket === undefined) {
    throw new Error('The AMQP client dials in another way than the wire trace knows.');
  }
  follow(socket, trace);
  return result;
}

function follow(socket: Socket, trace: ConnectionTrace): void {
  // Before the client says anything.
  socket.prependOnceListener('connect', () => {
    const { remoteAddress = '', remotePort = 0 } = socket;
    trace.note('sent', 'socket connected', [['to', `${remoteAddress} port ${remotePort}`]]);
  });
  if (socket instanceof tls.TLSSocket) {
    // Before the client says anything.
    socket.prependOnceListener('secureConnect', () => {
      trace.note('sent', 'TLS agreed', [['version', socket.getProtocol() ?? 'unknown']]);
    });
  }
  tapStream(socket, trace);
}
