import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { BrokerError } from '../../../../electron/amqp/client-contract.ts';
import type { BrokerAddress, BrokerVerdict } from '../../../../electron/amqp/client-contract.ts';
import { connectPublisher } from '../../../../electron/amqp/client/publisher.ts';
import { describeOnRabbitmq, newVhost, rabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { afterwards, BROKERS, LIMITS } from './brokers.ts';

async function failure(address: BrokerAddress, limits = LIMITS): Promise<BrokerVerdict> {
  try {
    const publisher = await connectPublisher(address, limits);
    await publisher.close();
  } catch (error) {
    if (error instanceof BrokerError) {
      return error.verdict;
    }
    throw error;
  }
  throw new Error('The connection was made.');
}

/** A server that is no AMQP broker. */
async function peer(serve: (socket: Socket) => void): Promise<BrokerAddress> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterwards(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { host: '127.0.0.1', port, username: 'guest', password: 'guest', vhost: '/' };
}

for (const [name, open] of Object.entries(BROKERS)) {
  const suite = name === 'RabbitMQ' ? describeOnRabbitmq : describe;
  suite(`connecting to ${name}`, () => {
    it('reports a refused login with code and words', async () => {
      const address = { ...(await open()), password: 'wrong' };
      expect(await failure(address)).toEqual({
        verdict: 'failed',
        cause: 'login-refused',
        replyCode: 403,
        replyText:
          'ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.',
        explanation: `The broker at 127.0.0.1:${address.port} refused the login of user 'owner'. Correct the user name or the password.`,
      });
    });

    it('reports a missing vhost with code and words', async () => {
      const address = { ...(await open()), vhost: 'missing/one' };
      expect(await failure(address)).toMatchObject({
        verdict: 'failed',
        cause: 'missing-vhost',
        replyCode: 530,
        replyText: 'NOT_ALLOWED - vhost missing/one not found',
      });
    });

    it('asks for the empty vhost when that is the name', async () => {
      const address = { ...(await open()), vhost: '' };
      expect(await failure(address)).toMatchObject({
        cause: 'missing-vhost',
        replyText: 'NOT_ALLOWED - vhost  not found',
      });
    });

    it('reports a broker that does not speak TLS', async () => {
      const address = { ...(await open()), tls: {} };
      expect(await failure(address)).toMatchObject({
        cause: 'not-tls',
        replyText: 'wrong version number',
      });
    });
  });
}

describeOnRabbitmq('connecting to RabbitMQ over TLS', () => {
  async function tlsAddress(tls: BrokerAddress['tls']): Promise<BrokerAddress> {
    const { tlsPort } = await rabbitmq();
    return { ...(await newVhost()), port: tlsPort, ...(tls === undefined ? {} : { tls }) };
  }

  it('works with the certificate that signed it', async () => {
    const { certificate } = await rabbitmq();
    const publisher = await connectPublisher(await tlsAddress({ ca: certificate }), LIMITS);
    await publisher.close();
    expect(publisher.closedBecause?.cause).toBe('closed-by-us');
  });

  it('reports a certificate that nothing vouches for', async () => {
    expect(await failure(await tlsAddress({}))).toMatchObject({
      cause: 'certificate-rejected',
      replyText: 'self-signed certificate',
    });
  });

  it('reports a certificate for another name', async () => {
    const { certificate } = await rabbitmq();
    const address = await tlsAddress({ ca: certificate, serverName: 'other.example' });
    expect(await failure(address)).toMatchObject({ cause: 'certificate-rejected' });
  });

  it('reports certificate texts that are no PEM', async () => {
    const address = await tlsAddress({ cert: 'nonsense', key: 'nonsense' });
    expect(await failure(address)).toMatchObject({ cause: 'certificate-rejected' });
  });

  it('reports a TLS port that is dialled without TLS, and hints at amqps', async () => {
    const verdict = await failure(await tlsAddress(undefined));
    expect(['not-amqp', 'connection-lost']).toContain(verdict.cause);
    expect(verdict.explanation).toContain('amqps://');
  });
});

describe('connecting to something else', () => {
  it('reports a port where nothing listens', async () => {
    const address = await peer(() => undefined);
    const free = { ...address, port: 1 };
    expect(await failure(free)).toMatchObject({
      cause: 'connection-refused',
      explanation: 'Nothing listens at 127.0.0.1:1. Start the broker or correct the host and port.',
    });
  });

  it('reports a host name that does not exist', async () => {
    const address = { ...(await peer(() => undefined)), host: 'no-such-host.invalid' };
    expect(await failure(address)).toMatchObject({ cause: 'host-not-found' });
  });

  it('reports what a web server answers', async () => {
    const address = await peer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    expect(await failure(address)).toMatchObject({
      cause: 'not-amqp',
      replyText: 'HTTP/1.1 400 Bad Request',
    });
  });

  it('reports a peer that hangs up', async () => {
    const address = await peer((socket) => socket.end());
    expect(await failure(address)).toMatchObject({ cause: 'not-amqp' });
  });

  it('reports a peer that never speaks, after the limit', async () => {
    const address = await peer(() => undefined);
    const limits = { confirmTimeoutMs: 5_000, connectTimeoutMs: 200 };
    expect(await failure(address, limits)).toMatchObject({
      cause: 'connect-timeout',
      explanation: `127.0.0.1:${address.port} did not complete the connection within 0.2 s. Check the host, the port and what filters the way there.`,
    });
  });

  it('reports a peer that drips bytes for longer than the limit', async () => {
    const address = await peer((socket) => {
      const timer = setInterval(() => socket.write(Buffer.from([1, 0, 0, 0, 0, 100])), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const limits = { confirmTimeoutMs: 5_000, connectTimeoutMs: 300 };
    expect(await failure(address, limits)).toMatchObject({ cause: 'connect-timeout' });
  });
});
