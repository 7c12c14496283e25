import { describe, expect, it } from 'vitest';
import { ScriptAmqp } from '../../../../electron/amqp/client/script-amqp.ts';
import type { ScriptAmqpOptions } from '../../../../electron/amqp/client/script-amqp.ts';
import type { BrokerAddress } from '../../../../electron/amqp/client-contract.ts';
import type { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import type {
  AmqpConnectionTable,
  HostCallResult,
  PublishRequest,
} from '../../../../lua-runtime/kumod/runtime-contract.ts';
import type { EntryBody } from '../../../../lua-runtime/recording/entries.ts';
import { afterwards, embeddedBroker } from './brokers.ts';

const POLICY_URI = 'amqp://policy:password@broker.example/%2f';
const ORIGIN = { message: 7, session: 2 };

interface Run {
  readonly amqp: ScriptAmqp;
  readonly entries: EntryBody[];
  readonly broker: EmbeddedBroker;
  readonly asked: BrokerAddress[];
}

async function run(options: Partial<ScriptAmqpOptions> = {}): Promise<Run> {
  const { broker, address } = await embeddedBroker();
  broker.declareQueue('inbox', {}, address.vhost);
  const entries: EntryBody[] = [];
  const asked: BrokerAddress[] = [];
  const amqp = new ScriptAmqp({
    mapAddress: (policyAddress) => {
      asked.push(policyAddress);
      return address;
    },
    readCertificate: () => undefined,
    confirms: 'broker',
    confirmTimeoutMs: 5_000,
    connectTimeoutMs: 5_000,
    emit: (entry) => entries.push(entry),
    now: () => performance.timeOrigin + performance.now(),
    ...options,
  });
  afterwards(() => amqp.close('abandon'));
  return { amqp, entries, broker, asked };
}

function request(routingKey: string, more: Partial<PublishRequest> = {}): PublishRequest {
  return {
    api: 'amqp.publish',
    exchange: '',
    routing_key: routingKey,
    mandatory: false,
    immediate: false,
    properties: { content_type: 'text/plain' },
    payload: new TextEncoder().encode('hello'),
    ...more,
  };
}

const TABLE: AmqpConnectionTable = {
  host: 'broker.example',
  port: 5672,
  username: 'policy',
  password: 'password',
  enable_tls: false,
};

function output<T>(result: { ok: true; output: T } | { ok: false; error: string }): T {
  if (!result.ok) {
    throw new Error(result.error);
  }
  return result.output;
}

async function connected({ amqp }: Run): Promise<number> {
  return output(await amqp.call('amqp.connect', { uri: POLICY_URI }, ORIGIN)).client;
}

async function publishAndWait(
  started: Run,
  more: Partial<PublishRequest> & { routing_key: string },
  timeoutMs?: number,
): Promise<HostCallResult<'amqp.wait_confirm'>> {
  const client = await connected(started);
  const input = { client, ...request(more.routing_key, more) };
  const { publish } = output(await started.amqp.call('amqp.publish', input, ORIGIN));
  const wait = timeoutMs === undefined ? { publish } : { publish, timeout_ms: timeoutMs };
  return started.amqp.call('amqp.wait_confirm', wait, ORIGIN);
}

describe("a script's AMQP client that sees the broker's verdicts", () => {
  it('dials the broker that stands for the address of the policy', async () => {
    const started = await run();
    await connected(started);
    expect(started.asked).toEqual([
      { host: 'broker.example', port: 5672, username: 'policy', password: 'password', vhost: '/' },
    ]);
  });

  it('is told Ack, with the publish and its verdict recorded', async () => {
    const started = await run();
    expect(await publishAndWait(started, { routing_key: 'inbox' })).toEqual({
      ok: true,
      output: { status: 'Ack' },
    });
    expect(started.entries).toMatchObject([
      {
        kind: 'publish',
        message: 7,
        session: 2,
        publish: 1,
        api: 'amqp.publish',
        routing_key: 'inbox',
        mandatory: false,
        properties: { content_type: 'text/plain' },
        size: 5,
        payload_preview: 'hello',
      },
      { kind: 'verdict', message: 7, session: 2, publish: 1, verdict: 'acked', cause: 'acked' },
    ]);
  });

  it('is told Ack without a reply for an unroutable message, as the verdict shows the loss', async () => {
    const started = await run();
    const result = await publishAndWait(started, { routing_key: 'nowhere' });
    expect(result).toEqual({ ok: true, output: { status: 'Ack' } });
    expect(started.entries.at(-1)).toMatchObject({ verdict: 'unroutable', reply_code: 312 });
  });

  it('is told of the return when it asked for mandatory', async () => {
    const started = await run();
    expect(await publishAndWait(started, { routing_key: 'nowhere', mandatory: true })).toEqual({
      ok: true,
      output: { status: 'Ack', reply_code: 312, reply_text: 'NO_ROUTE' },
    });
  });

  it('is told Nack', async () => {
    const started = await run();
    await started.broker.setFault({ kind: 'nack' });
    expect(await publishAndWait(started, { routing_key: 'inbox' })).toEqual({
      ok: true,
      output: { status: 'Nack' },
    });
  });

  it("reads lapin's words for a missing exchange, and for the next publish", async () => {
    const started = await run();
    const client = await connected(started);
    const input = { client, ...request('key', { exchange: 'nope' }) };
    const { publish } = output(await started.amqp.call('amqp.publish', input, ORIGIN));
    expect(await started.amqp.call('amqp.wait_confirm', { publish }, ORIGIN)).toEqual({
      ok: false,
      error:
        "protocol error: AMQP soft error: NOT-FOUND: NOT_FOUND - no exchange 'nope' in vhost 'test-embedded'",
    });
    expect(await started.amqp.call('amqp.publish', input, ORIGIN)).toEqual({
      ok: false,
      error: 'invalid channel state: Closed',
    });
    expect(started.entries.filter(({ kind }) => kind === 'publish')).toHaveLength(1);
  });

  it("is told by the workbench's words that its confirm limit has passed", async () => {
    const started = await run({ confirmTimeoutMs: 200 });
    await started.broker.setFault({ kind: 'silent' });
    expect(await publishAndWait(started, { routing_key: 'inbox' })).toEqual({
      ok: false,
      error: "no confirm within the workbench's limit of 0.2 s; kumod itself would wait on",
    });
  });

  it('reads that the deadline has elapsed after its own timeout, and the verdict still comes', async () => {
    const started = await run();
    await started.broker.setFault({ kind: 'delay', milliseconds: 300 });
    expect(await publishAndWait(started, { routing_key: 'inbox' }, 50)).toEqual({
      ok: false,
      error: 'deadline has elapsed',
    });
    await started.amqp.outstanding(7);
    expect(started.entries.at(-1)).toMatchObject({ kind: 'verdict', verdict: 'acked' });
  });

  it('closes without losing the verdicts that are still to come', async () => {
    const started = await run();
    const client = await connected(started);
    await started.broker.setFault({ kind: 'delay', milliseconds: 100 });
    await started.amqp.call('amqp.publish', { client, ...request('inbox') }, ORIGIN);
    expect(await started.amqp.call('amqp.close', { client }, ORIGIN)).toEqual({
      ok: true,
      output: null,
    });
    expect(await started.amqp.call('amqp.close', { client }, ORIGIN)).toEqual({
      ok: false,
      error: 'invalid channel state: Closed',
    });
    await started.amqp.close();
    expect(started.entries.at(-1)).toMatchObject({ kind: 'verdict', verdict: 'acked' });
  });

  it('gives every publish a verdict when the run is abandoned', async () => {
    const started = await run({ confirmTimeoutMs: 60_000 });
    const client = await connected(started);
    await started.broker.setFault({ kind: 'silent' });
    await started.amqp.call('amqp.publish', { client, ...request('inbox') }, ORIGIN);
    await started.amqp.close('abandon');
    expect(started.entries.at(-1)).toMatchObject({ verdict: 'unconfirmed', cause: 'closed-by-us' });
  });
});

describe("a script's AMQP client that sees what kumod tells", () => {
  it('is told NotRequested at once, and the verdict follows', async () => {
    const started = await run({ confirms: 'kumod' });
    await started.broker.setFault({ kind: 'delay', milliseconds: 200 });
    expect(await publishAndWait(started, { routing_key: 'nowhere', mandatory: true })).toEqual({
      ok: true,
      output: { status: 'NotRequested' },
    });
    expect(started.entries.map(({ kind }) => kind)).toEqual(['publish']);
    await started.amqp.outstanding(7);
    expect(started.entries.at(-1)).toMatchObject({ kind: 'verdict', verdict: 'unroutable' });
  });
});

describe('kumo.amqp.basic_publish', () => {
  it('returns when the message is handed over, on one connection for one table', async () => {
    const started = await run();
    const input = { connection: TABLE, ...request('inbox', { api: 'amqp.basic_publish' }) };
    await started.amqp.call('amqp.basic_publish', input, ORIGIN);
    await started.amqp.call('amqp.basic_publish', input, { message: 8 });
    expect(started.asked).toHaveLength(1);
    const other = { ...input, connection: { ...TABLE, connection_name: 'other' } };
    await started.amqp.call('amqp.basic_publish', other, ORIGIN);
    expect(started.asked).toHaveLength(2);
    await Promise.all([started.amqp.outstanding(7), started.amqp.outstanding(8)]);
    expect(started.entries.filter(({ kind }) => kind === 'verdict')).toHaveLength(3);
  });

  it('replaces a connection that the broker has closed', async () => {
    const started = await run();
    const input = { connection: TABLE, ...request('key', { exchange: 'nope' }) };
    expect(await started.amqp.call('amqp.basic_publish', input, ORIGIN)).toMatchObject({
      ok: true,
    });
    await started.amqp.outstanding(7);
    const good = { connection: TABLE, ...request('inbox') };
    expect(await started.amqp.call('amqp.basic_publish', good, ORIGIN)).toMatchObject({ ok: true });
    await started.amqp.outstanding(7);
    expect(started.entries.at(-1)).toMatchObject({ verdict: 'acked' });
  });

  it('asks for both halves of a client certificate', async () => {
    const { amqp } = await run();
    const connection = { ...TABLE, enable_tls: true, client_cert: 'client.pem' };
    expect(await amqp.call('amqp.basic_publish', { connection, ...request('q') }, ORIGIN)).toEqual({
      ok: false,
      error:
        'Error occurred while creating a new object: Either both client_cert and client_private_key must be specified, or neither',
    });
  });
});

/** Texts as lapin 2.5.5 and amqprs 2.1.5 under deadpool 0.12 printed them against RabbitMQ 3.10.8. */
describe('a connection that cannot be made', () => {
  const refused = { mapAddress: (): BrokerAddress => ({ ...LOCAL, port: 1 }) };
  const LOCAL = { host: '127.0.0.1', port: 5672, username: 'guest', password: 'guest', vhost: '/' };

  it('is an error in lapin words and a verdict without a publish', async () => {
    const { amqp, entries } = await run(refused);
    expect(await amqp.call('amqp.connect', { uri: POLICY_URI }, ORIGIN)).toEqual({
      ok: false,
      error: 'IO error: Connection refused (os error 111)',
    });
    expect(entries).toMatchObject([
      { kind: 'verdict', message: 7, verdict: 'failed', cause: 'connection-refused' },
    ]);
    expect(entries[0]).not.toHaveProperty('publish');
  });

  it("is an error in deadpool's and amqprs' words", async () => {
    const { amqp } = await run(refused);
    const input = { connection: TABLE, ...request('inbox') };
    expect(await amqp.call('amqp.basic_publish', input, ORIGIN)).toEqual({
      ok: false,
      error:
        'Error occurred while creating a new object: AMQP network error: network io error: Connection refused (os error 111)',
    });
  });

  it.each([
    ['auth', 'protocol error: AMQP soft error: ACCESS-REFUSED: ACCESS_REFUSED - Login was refused'],
    ['vhost', 'protocol error: AMQP hard error: NOT-ALLOWED: NOT_ALLOWED - '],
  ] as const)('for %s reads the words of the broker', async (kind, error) => {
    const { amqp, broker } = await run();
    await broker.setFault({ kind });
    expect(await amqp.call('amqp.connect', { uri: POLICY_URI }, ORIGIN)).toEqual({
      ok: false,
      error: expect.stringContaining(error) as string,
    });
  });

  it.each([
    ['foo', 'IO error: relative URL without a base'],
    ['http://127.0.0.1/', 'IO error: Invalid AMQP scheme: http'],
    ['amqp://h:99999/', 'IO error: invalid port number'],
    ['amqp://h/%ff', 'IO error: invalid utf-8 sequence of 1 bytes from index 0'],
    ['amqp://h/?heartbeat=x', 'IO error: invalid digit found in string'],
  ])('for the URI %s reads as lapin says it', async (uri, error) => {
    const { amqp, asked } = await run();
    expect(await amqp.call('amqp.connect', { uri }, ORIGIN)).toEqual({ ok: false, error });
    expect(asked).toEqual([]);
  });

  it('passes on why the host refuses to dial', async () => {
    const { amqp } = await run({
      mapAddress: () => {
        throw new Error('This folder is restricted.');
      },
    });
    expect(await amqp.call('amqp.connect', { uri: POLICY_URI }, ORIGIN)).toEqual({
      ok: false,
      error: 'This folder is restricted.',
    });
  });
});
