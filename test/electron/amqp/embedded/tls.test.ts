/** The embedded broker's port for TLS: whom it lets in, and whom it does not keep waiting. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectAmqp } from 'amqplib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { CertificateAuthority } from '../../../certificates.ts';
import type { CertificateFiles } from '../../../certificates.ts';

const folder = mkdtempSync(join(tmpdir(), 'embedded-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let authority: CertificateAuthority;
let server: CertificateFiles;

beforeAll(async () => {
  authority = await CertificateAuthority.create(join(folder, 'authority'), '/CN=Authority');
  server = await authority.issue('server', { subject: '/CN=broker', names: 'IP:127.0.0.1' });
});

async function tlsBroker(clientAuthorities?: string) {
  const { certificate, key } = server;
  const broker = new EmbeddedBroker({
    tls: { certificate, key, ...(clientAuthorities === undefined ? {} : { clientAuthorities }) },
  });
  onTestFinished(() => broker.close());
  const { tlsPort = 0 } = await broker.listen();
  return { broker, port: tlsPort };
}

async function logIn(port: number, client?: CertificateFiles): Promise<void> {
  const certificates = client === undefined ? {} : { cert: client.certificate, key: client.key };
  const connection = await connectAmqp(`amqps://127.0.0.1:${port}`, {
    ca: authority.files.certificate,
    ...certificates,
  });
  await connection.close();
}

/** A client that connects and never begins to speak TLS. */
async function silentClient(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

describe('the port for TLS', () => {
  it('lets in who trusts its certificate', async () => {
    const { port } = await tlsBroker();
    await logIn(port);
  });

  it('lets in a client with a certificate of its authorities', async () => {
    const { port } = await tlsBroker(authority.files.certificate);
    await logIn(port, await authority.issue('client', { subject: '/CN=anna' }));
  });

  it('keeps out a client whose certificate another authority signed', async () => {
    const { port } = await tlsBroker(authority.files.certificate);
    const stranger = await CertificateAuthority.create(join(folder, 'stranger'), '/CN=Stranger');
    const client = await stranger.issue('client', { subject: '/CN=anna' });
    await expect(logIn(port, client)).rejects.toThrow();
  });

  it('keeps out a client without a certificate where it asks for one', async () => {
    const { port } = await tlsBroker(authority.files.certificate);
    await expect(logIn(port)).rejects.toThrow();
  });

  it.each([
    ['is closed', (broker: EmbeddedBroker) => broker.close()],
    ['refuses', (broker: EmbeddedBroker) => broker.setFault({ kind: 'refuse' })],
  ])('ends a client that has not agreed on TLS when the broker %s', async (_how, end) => {
    const { broker, port } = await tlsBroker();
    const socket = await silentClient(port);
    const ended = once(socket, 'close');
    socket.resume();
    await end(broker);
    await ended;
  });

  it('goes on after a client that speaks no TLS', async () => {
    const { port } = await tlsBroker();
    const socket = await silentClient(port);
    const ended = once(socket, 'close');
    socket.end('AMQP\0\0\x09\x01');
    socket.resume();
    await ended;
    await logIn(port);
  });
});
