/** "Test connection": what it says of each thing that can be wrong, and of what is right. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrokerAddress } from '../../../../electron/amqp/client-contract.ts';
import { testBroker } from '../../../../electron/amqp/client/test-broker.ts';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { CertificateAuthority } from '../../../certificates.ts';
import type { CertificateFiles } from '../../../certificates.ts';
import { describeOnRabbitmq, newVhost, rabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { afterwards, embeddedBroker } from './brokers.ts';

let authority: CertificateAuthority;
let stranger: CertificateAuthority;
let server: CertificateFiles;
let client: CertificateFiles;

const folder = mkdtempSync(join(tmpdir(), 'test-broker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  authority = await CertificateAuthority.create(join(folder, 'a'), '/O=Example/CN=Authority');
  stranger = await CertificateAuthority.create(join(folder, 'b'), '/CN=Stranger');
  server = await authority.issue('server', {
    subject: '/O=Example/CN=mq.example',
    names: 'DNS:mq.example,IP:127.0.0.1',
  });
  client = await authority.issue('client', { subject: '/CN=anna' });
});

async function tlsBroker(options: {
  readonly shown?: CertificateFiles;
  readonly clientAuthorities?: string;
}): Promise<BrokerAddress> {
  const { certificate, key } = options.shown ?? server;
  const { clientAuthorities } = options;
  const broker = new EmbeddedBroker({
    tls: { certificate, key, ...(clientAuthorities === undefined ? {} : { clientAuthorities }) },
  });
  const { tlsPort } = await broker.listen();
  if (tlsPort === undefined) throw new Error('The broker does not listen for TLS.');
  afterwards(() => broker.close());
  return { host: '127.0.0.1', port: tlsPort, username: 'guest', password: 'guest', vhost: '/' };
}

/** Demands a client certificate of the authority, and answers others with TLS's own alert. */
async function opensslServer(): Promise<BrokerAddress> {
  const { certificateFile, keyFile } = server;
  const child = spawn('openssl', [
    ...['s_server', '-accept', '127.0.0.1:0', '-cert', certificateFile, '-key', keyFile],
    ...['-CAfile', authority.files.certificateFile, '-Verify', '1', '-verify_return_error'],
  ]);
  afterwards(async () => {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  });
  for await (const chunk of child.stdout) {
    const port = /ACCEPT .*:(\d+)/.exec(String(chunk))?.[1];
    if (port === undefined) continue;
    const login = { username: 'guest', password: 'guest', vhost: '/' };
    return { host: '127.0.0.1', port: Number(port), ...login };
  }
  throw new Error('openssl s_server does not listen.');
}

/** A server that is no AMQP 0-9-1 broker. */
async function peer(serve: (socket: Socket) => void): Promise<BrokerAddress> {
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  afterwards(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => listening.close(resolve));
  });
  const { port } = listening.address() as AddressInfo;
  return { host: '127.0.0.1', port, username: 'guest', password: 'guest', vhost: '/' };
}

async function said(address: BrokerAddress, limitMs?: number): Promise<string> {
  const { ok, explanation } = await testBroker(address, { connectLimitMs: limitMs });
  expect(ok).toBe(false);
  return explanation;
}

describe('a good connection to the embedded broker', () => {
  it('tells product, version, vhost, heartbeat and frame size', async () => {
    const { address } = await embeddedBroker();
    expect(await testBroker({ ...address, heartbeatSeconds: 7 })).toMatchObject({
      ok: true,
      broker: { vhost: address.vhost, heartbeatSeconds: 7, frameMaxBytes: 131_072 },
    });
  });

  it('tells the TLS version, with a client certificate where the broker demands one', async () => {
    const address = await tlsBroker({ clientAuthorities: authority.files.certificate });
    const { certificate: cert, key } = client;
    const tls = { ca: authority.files.certificate, cert, key };
    expect(await testBroker({ ...address, tls })).toMatchObject({
      ok: true,
      broker: { tls: 'TLSv1.3' },
    });
  });
});

describe('a broker whose certificate is not accepted', () => {
  it('names the certificate whose issuer is not trusted', async () => {
    const address = { ...(await tlsBroker({})), tls: { ca: stranger.files.certificate } };
    expect(await said(address)).toBe(
      `A certificate of 127.0.0.1:${address.port} was not accepted (subject CN=mq.example, O=Example; issuer CN=Authority, O=Example): its issuer is not among the trusted authorities. Name the file of the authority that signed it as the CA file of the broker profile.`,
    );
  });

  it('names a self-signed one', async () => {
    const address = { ...(await tlsBroker({ shown: stranger.files })), tls: {} };
    expect(await said(address)).toMatch(/subject CN=Stranger; issuer CN=Stranger\): it is self-/);
  });

  it('names the names that it is for', async () => {
    const tls = { ca: authority.files.certificate, serverName: 'other.example' };
    const address = { ...(await tlsBroker({})), tls };
    expect(await said(address)).toContain(
      "it is for DNS:mq.example, IP Address:127.0.0.1, not for 'other.example'. Give one of its names",
    );
  });

  it('names when it expired', async () => {
    const shown = await authority.issue('old', {
      subject: '/CN=old',
      names: 'IP:127.0.0.1',
      expired: true,
    });
    const tls = { ca: authority.files.certificate };
    const address = { ...(await tlsBroker({ shown })), tls };
    expect(await said(address)).toMatch(/subject CN=old; .*: it expired on .* Renew it/);
  });
});

describe('a broker that wants a client certificate', () => {
  it('is told apart when none is given', async () => {
    const address = await tlsBroker({ clientAuthorities: authority.files.certificate });
    const tls = { ca: authority.files.certificate };
    expect(await said({ ...address, tls })).toMatch(
      /demands a client certificate, and none was given .* Name a certificate and its key/,
    );
  });

  it('is told apart when it says that it does not know who signed it', async () => {
    const address = await opensslServer();
    const { certificate: cert, key } = await stranger.issue('client', { subject: '/CN=anna' });
    const tls = { ca: authority.files.certificate, cert, key };
    expect(await said({ ...address, tls })).toMatch(/did not accept the client certificate/);
  });

  it('is told apart when it ends the connection for that, without a word', async () => {
    const address = await tlsBroker({ clientAuthorities: authority.files.certificate });
    const { certificate: cert, key } = await stranger.issue('other', { subject: '/CN=anna' });
    const tls = { ca: authority.files.certificate, cert, key };
    expect(await said({ ...address, tls })).toContain('Check that it accepts the client cert');
  });
});

describe('something else that listens', () => {
  it('is a broker of AMQP 1.0 alone', async () => {
    const address = await peer((socket) => {
      socket.once('data', () => socket.end('AMQP\0\x01\0\0'));
    });
    expect(await said(address)).toMatch(/speaks AMQP 1\.0, and kumod speaks AMQP 0-9-1\. Use/);
  });

  it('is a mail server that greets and waits', async () => {
    const address = await peer((socket) => socket.write('220 mail.example ESMTP\r\n'));
    expect(await said(address, 300)).toContain("it answered '220 mail.example ESMTP'. Check");
  });

  it('is a TLS port that is spoken to without TLS', async () => {
    expect(await said(await tlsBroker({}))).toMatch(/use amqps:\/\/ \(TLS in the broker profile\)/);
  });

  it('is a plain port that is spoken to over TLS', async () => {
    const { address } = await embeddedBroker();
    expect(await said({ ...address, tls: {} })).toMatch(/does not speak TLS .*5671/);
  });
});

describeOnRabbitmq('RabbitMQ', () => {
  async function tlsAddress(tls: BrokerAddress['tls'] = {}): Promise<BrokerAddress> {
    const { tlsPort, certificate } = await rabbitmq();
    return { ...(await newVhost()), port: tlsPort, tls: { ca: certificate, ...tls } };
  }

  it('says what it is, over TLS and with a client certificate', async () => {
    const { certificate: cert, key } = client;
    expect(await testBroker(await tlsAddress({ cert, key }))).toMatchObject({
      ok: true,
      broker: {
        product: 'RabbitMQ',
        version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
        heartbeatSeconds: 60,
        frameMaxBytes: 131_072,
        tls: expect.stringMatching(/^TLSv1/) as string,
      },
    });
  });

  it('shows a certificate that the system does not trust', async () => {
    const { tlsPort } = await rabbitmq();
    const address = { ...(await newVhost()), port: tlsPort, tls: {} };
    expect(await said(address)).toMatch(/subject CN=localhost; issuer CN=localhost\): it is self-/);
  });

  it('tells a missing vhost from one that the user may not enter', async () => {
    const address = await newVhost();
    expect(await said({ ...address, vhost: 'nowhere' })).toMatch(
      /has no virtual host 'nowhere' .* Create it, or correct the name/,
    );
  });

  it('is told apart as a TLS port', async () => {
    const { port } = await tlsAddress();
    expect(await said({ ...(await newVhost()), port })).toContain('amqps://');
  });
});
