/** The frames of the client's connections: RabbitMQ and the embedded broker, over TCP and TLS. */
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BrokerError } from '../../../../electron/amqp/client-contract.ts';
import type { BrokerAddress } from '../../../../electron/amqp/client-contract.ts';
import { connectPublisher } from '../../../../electron/amqp/client/publisher.ts';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { ConnectionTrace } from '../../../../electron/amqp/wire-trace/connection-trace.ts';
import { fieldsText, frameLine } from '../../../../electron/amqp/wire-trace/frame-text.ts';
import type { WireFrame } from '../../../../electron/amqp/wire-trace/wire-frame.ts';
import { CertificateAuthority } from '../../../certificates.ts';
import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { adminChannel, BROKERS, embeddedBroker, LIMITS, message } from '../client/brokers.ts';

/** `> basic.publish`, `< basic.ack`: what was sent and received, in order. */
const outline = (frames: readonly WireFrame[]): string[] =>
  frames.map(({ direction, name }) => `${direction === 'sent' ? '>' : '<'} ${name}`);

async function publishTraced(address: BrokerAddress, ...messages: ReturnType<typeof message>[]) {
  const frames: WireFrame[] = [];
  const trace = new ConnectionTrace(1, (frame) => frames.push(frame));
  const publisher = await connectPublisher(address, { ...LIMITS, trace });
  for (const one of messages) await publisher.publish(one);
  await publisher.close().catch(() => undefined);
  return frames;
}

const HANDSHAKE = [
  '> socket connected',
  '> protocol header',
  '< connection.start',
  '> connection.start-ok',
  '< connection.tune',
  '> connection.tune-ok',
  '> connection.open',
  '< connection.open-ok',
  '> channel.open',
  '< channel.open-ok',
  '> confirm.select',
  '< confirm.select-ok',
];

for (const [broker, addressOf] of Object.entries(BROKERS)) {
  const suite = broker === 'RabbitMQ' ? describeOnRabbitmq : describe;
  suite(`the frames of a connection to ${broker}`, () => {
    it('are told from the first byte to the last, in order, both ways', async () => {
      const address = await addressOf();
      const admin = await adminChannel(address);
      await admin.assertQueue('inbox');
      const frames = await publishTraced(address, message('', 'inbox'));
      expect(outline(frames).filter((line) => !line.endsWith('heartbeat'))).toEqual([
        ...HANDSHAKE,
        '> basic.publish',
        '> content header',
        '> content body',
        '< basic.ack',
        '> channel.close',
        '< channel.close-ok',
        '> connection.close',
        '< connection.close-ok',
        ...outline(frames).slice(HANDSHAKE.length + 8),
      ]);
      expect(frames.map(({ number }) => number)).toEqual(frames.map((_, index) => index + 1));
      const publish = frames.find(({ name }) => name === 'basic.publish');
      expect(publish).toMatchObject({ channel: 1, kind: 'method' });
      expect(publish && fieldsText(publish)).toBe(
        'exchange="" routing-key="inbox" mandatory counted-delivery-tag=1',
      );
      const body = frames.find(({ kind }) => kind === 'body');
      expect(body).toMatchObject({ size: 'hello'.length + 8, fields: [['bytes', '"hello"']] });
    });

    it('show the return of an unroutable message before its ack', async () => {
      const frames = await publishTraced(await addressOf(), message('', 'nowhere'));
      const answers = frames.filter(
        ({ direction, channel }) => direction === 'received' && channel === 1,
      );
      expect(outline(answers)).toEqual([
        '< channel.open-ok',
        '< confirm.select-ok',
        '< basic.return',
        '< content header',
        '< content body',
        '< basic.ack',
        '< channel.close-ok',
      ]);
      const returned = frames.find(({ name }) => name === 'basic.return');
      expect(returned && fieldsText(returned)).toBe(
        'reply-code=312 reply-text="NO_ROUTE" exchange="" routing-key="nowhere"',
      );
    });

    it('show why the broker closes a channel', async () => {
      const frames = await publishTraced(await addressOf(), message('missing', 'key'));
      const close = frames.find(
        ({ name, direction }) => name === 'channel.close' && direction === 'received',
      );
      expect(close && fieldsText(close)).toContain("NOT_FOUND - no exchange 'missing' in vhost");
    });

    it('show the refusal of a login, and never the password', async () => {
      const frames: WireFrame[] = [];
      const trace = new ConnectionTrace(1, (frame) => frames.push(frame));
      const address = { ...(await addressOf()), password: 'geheim-4711' };
      await expect(connectPublisher(address, { ...LIMITS, trace })).rejects.toThrow(BrokerError);
      const text = frames.map(frameLine).join('\n');
      expect(text).toContain(
        `mechanism="PLAIN" response=user ${JSON.stringify(address.username)}, password (hidden)`,
      );
      expect(text).toMatch(/received {2}ch 0 {2}connection\.close .*reply-code=403/);
      expect(text).not.toContain('geheim');
      expect(text).not.toContain(Buffer.from('geheim-4711').toString('hex'));
    });
  });
}

describe('the frames of a connection', () => {
  it('are told over TLS as they are inside', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wire-trace-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const authority = await CertificateAuthority.create(folder, '/CN=Authority');
    const names = { subject: '/CN=localhost', names: 'DNS:localhost' };
    const broker = new EmbeddedBroker({ tls: await authority.issue('broker', names) });
    onTestFinished(() => broker.close());
    const { tlsPort = 0 } = await broker.listen();
    broker.declareQueue('inbox');
    const frames = await publishTraced(
      {
        host: 'localhost',
        port: tlsPort,
        username: 'guest',
        password: 'guest',
        vhost: '/',
        tls: { ca: authority.files.certificate },
      },
      message('', 'inbox'),
    );
    expect(outline(frames)).toEqual(
      expect.arrayContaining([
        '> TLS agreed',
        '< connection.start',
        '> basic.publish',
        '< basic.ack',
      ]),
    );
    expect(frames.filter(({ kind }) => kind === 'malformed')).toEqual([]);
  });

  it('hold a large body in the pieces that were agreed on', async () => {
    const { broker, address } = await embeddedBroker();
    broker.declareQueue('inbox', {}, address.vhost);
    const payload = new Uint8Array(300_000).fill(0xff);
    const frames = await publishTraced(address, message('', 'inbox', { payload }));
    const bodies = frames.filter(({ kind }) => kind === 'body');
    expect(bodies.map(({ size }) => size)).toEqual([131_072, 131_072, 300_000 - 2 * 131_064 + 8]);
    expect(bodies[0]?.fields[0]?.[1]).toMatch(/^ff ff .*… \(130864 more bytes\)$/);
  });

  it('tell of a broker that is not there', async () => {
    const frames: WireFrame[] = [];
    const trace = new ConnectionTrace(1, (frame) => frames.push(frame));
    const { broker, address } = await embeddedBroker();
    await broker.close();
    await expect(connectPublisher(address, { ...LIMITS, trace })).rejects.toThrow(BrokerError);
    expect(frames.map(frameLine).join('\n')).toMatch(/socket failed .*ECONNREFUSED/);
  });

  it('leave Node’s own functions as they were', async () => {
    const { connect } = net;
    const { connect: connectTls } = tls;
    const { address } = await embeddedBroker();
    await publishTraced(address);
    expect(net.connect).toBe(connect);
    expect(tls.connect).toBe(connectTls);
  });
});
