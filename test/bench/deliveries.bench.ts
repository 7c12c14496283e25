/**
 * One session's deliveries a second (worker thread, send, publish, confirm, record, recording)
 * against amqplib publishing the same payload and awaiting each confirm, on the same broker.
 */
import path from 'node:path';
import amqplib from 'amqplib';
import type { BrokerAddress } from '../../electron/amqp/client-contract.ts';
import { startEmbeddedBroker } from '../../electron/host/embedded-broker-service.ts';
import { createMessageFactory } from '../../electron/host/message-form.ts';
import { DeliveryRun } from '../../electron/host/delivery-run.ts';
import { mappedBroker } from '../../electron/host/run-broker.ts';
import { DEFAULT_LIMITS } from '../../electron/host/worker/worker-contract.ts';
import { OWNER } from '../rabbitmq/definitions.ts';
import { startRabbitmqNode } from '../rabbitmq/node.ts';
import { blockingWorker } from './blocking-worker.ts';
import { compare } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import { renderTable } from './table.ts';

const MESSAGES = 3_000;
const ROUNDS = 5;
const policyFolder = path.join(projectFolder, 'lua-runtime/samples/amqp-routing');
const data = new TextEncoder().encode('x'.repeat(1024));

/** Deliveries a second from the first record to the last: starting a session is not the subject. */
async function ours(address: BrokerAddress): Promise<number> {
  let first: number | undefined;
  let last = 0;
  const run = new DeliveryRun({
    runId: 'bench',
    policy: {
      engine: 'lua54',
      workspaceRoot: policyFolder,
      policyFile: 'init.lua',
      environment: {},
      limits: DEFAULT_LIMITS,
    },
    seed: 1,
    queue: 'amqp',
    count: MESSAGES + 1,
    sessions: 1,
    makeMessage: createMessageFactory(
      { queue: 'amqp', sender: 'a@sender.example', recipient: 'b@example.com', meta: {}, data },
      1,
    ),
    broker: mappedBroker('bench', address, { confirms: 'broker', confirmTimeoutMs: 5_000 }),
    onEntry: () => undefined,
    onFinished: () => {
      last = performance.now();
      first ??= last;
    },
  });
  const end = await run.run();
  if (end.done !== MESSAGES + 1 || first === undefined)
    throw new Error(`The run ended early: ${end.problem ?? end.state}`);
  return MESSAGES / ((last - first) / 1000);
}

/** amqplib by itself; `measure` gets a publish that resolves with its confirm. */
async function withAmqplib(
  address: BrokerAddress,
  measure: (publish: (payload: Buffer) => Promise<void>) => Promise<number>,
): Promise<number> {
  const connection = await amqplib.connect(
    {
      hostname: address.host,
      port: address.port,
      username: address.username,
      password: address.password,
      vhost: address.vhost,
    },
    { noDelay: true },
  );
  const channel = await connection.createConfirmChannel();
  const perSecond = await measure(
    (payload) =>
      new Promise<void>((resolve, reject) => {
        channel.publish('', 'logging', payload, { mandatory: true }, (error: unknown) => {
          if (error) reject(error instanceof Error ? error : new Error('nacked'));
          else resolve();
        });
      }),
  );
  await connection.close();
  return perSecond;
}

function peer(address: BrokerAddress): Promise<number> {
  const payload = Buffer.from(data);
  return withAmqplib(address, async (publish) => {
    await publish(payload);
    const started = performance.now();
    for (let i = 0; i < MESSAGES; i++) await publish(payload);
    return MESSAGES / ((performance.now() - started) / 1000);
  });
}

/** The queue keeps its last message only, so that rounds do not fill the broker's memory. */
async function declareQueue(address: BrokerAddress): Promise<void> {
  const connection = await amqplib.connect({
    hostname: address.host,
    port: address.port,
    username: address.username,
    password: address.password,
    vhost: address.vhost,
  });
  const channel = await connection.createChannel();
  await channel.assertQueue('logging', { durable: true, arguments: { 'x-max-length': 1 } });
  await connection.close();
}

function comparison(broker: string, address: BrokerAddress) {
  return compare({
    subject: `deliveries, one session, ${broker}`,
    unit: '/s',
    peerName: 'amqplib, each confirm awaited',
    aim: { atLeast: 0.7 },
    rounds: ROUNDS,
    ours: () => ours(address),
    peer: () => peer(address),
  });
}

/** What waiting in another thread costs by itself, on this machine now. */
function floor(broker: string, address: BrokerAddress) {
  return compare({
    subject: `  a bare worker thread that waits, ${broker}`,
    unit: '/s',
    peerName: 'the same',
    rounds: ROUNDS,
    ours: () => withAmqplib(address, (publish) => blockingWorker(MESSAGES, data.length, publish)),
    peer: () => peer(address),
  });
}

const node = await startRabbitmqNode(1);
const embedded = await startEmbeddedBroker({
  port: 0,
  fault: undefined,
  definitionsFile: undefined,
});
try {
  const rabbitmq: BrokerAddress = {
    host: '127.0.0.1',
    port: node.port,
    ...OWNER,
    vhost: node.vhosts[0] ?? '/',
  };
  await declareQueue(rabbitmq);
  await declareQueue(embedded.address);
  const table = [
    await comparison('RabbitMQ', rabbitmq),
    await floor('RabbitMQ', rabbitmq),
    await comparison('embedded broker', embedded.address),
    await floor('embedded broker', embedded.address),
  ];
  process.stdout.write(`${renderTable(table, [])}\n`);
} finally {
  await embedded.close();
  await node.stop();
}
