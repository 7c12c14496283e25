/**
 * Load runs over 1, 4 and 16 sessions against amqplib by itself on the same broker: one publish at a
 * time, with 500 outstanding on one connection, and over as many connections as there are sessions,
 * which is the most that scripts can reach that await each confirm; and the embedded broker against RabbitMQ under the same load.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { BrokerAddress } from '../../electron/amqp/client-contract.ts';
import { startEmbeddedBroker } from '../../electron/host/start-embedded-broker.ts';
import { OWNER } from '../rabbitmq/definitions.ts';
import { startRabbitmqNode } from '../rabbitmq/node.ts';
import {
  amqplibASecond,
  connectionsASecond,
  declareLoggingQueue,
  deliveriesASecond,
} from './delivery-rate.ts';
import { compare } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import type { Comparison } from './measure.ts';
import { renderTable } from './table.ts';

const MESSAGES = 4_000;
const ROUNDS = 3;
const OUTSTANDING = 500;

const samples = { 'waits for confirms': 'amqp-routing', basic_publish: 'amqp-log-hook' } as const;

function loadRun(
  name: keyof typeof samples,
  sessions: number,
  outstanding: number,
  address: BrokerAddress,
  aim?: Comparison['aim'],
): Promise<Comparison> {
  return compare({
    subject: `load run, ${sessions} ${sessions === 1 ? 'session' : 'sessions'}, ${name}, RabbitMQ`,
    unit: '/s',
    peerName:
      outstanding === 1 ? 'amqplib, each confirm awaited' : `amqplib, ${outstanding} outstanding`,
    ...(aim ? { aim } : {}),
    rounds: ROUNDS,
    ours: () => deliveriesASecond(address, { sample: samples[name], messages: MESSAGES, sessions }),
    peer: () => amqplibASecond(address, MESSAGES, outstanding),
  });
}

/** Against amqplib doing what the scripts do, without the scripts. */
function likeForLike(sessions: number, address: BrokerAddress): Promise<Comparison> {
  return compare({
    subject: `load run, ${sessions} sessions, waits for confirms, RabbitMQ`,
    unit: '/s',
    peerName: `amqplib, ${sessions} connections, each confirm awaited`,
    rounds: ROUNDS,
    ours: () =>
      deliveriesASecond(address, {
        sample: samples['waits for confirms'],
        messages: MESSAGES,
        sessions,
      }),
    peer: () => connectionsASecond(address, MESSAGES, sessions),
  });
}

/** The embedded broker as a process of its own, as RabbitMQ is one. */
async function startBrokerProcess(): Promise<{ address: BrokerAddress; stop(): void }> {
  const cli = path.join(projectFolder, 'dist/cli/cli.js');
  const child = spawn(process.execPath, [cli, 'broker', '--port', '0']);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The broker ended before it listened.')));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const found = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  const address = { host: '127.0.0.1', port, username: 'guest', password: 'guest', vhost: '/' };
  return { address, stop: () => void child.kill() };
}

const node = await startRabbitmqNode(1);
const broker = await startBrokerProcess();
const embedded = await startEmbeddedBroker({ port: 0 });
try {
  const rabbitmq: BrokerAddress = {
    host: '127.0.0.1',
    port: node.port,
    ...OWNER,
    vhost: node.vhosts[0] ?? '/',
  };
  await declareLoggingQueue(rabbitmq);
  await declareLoggingQueue(embedded.address);
  await declareLoggingQueue(broker.address);
  const waiting = 'waits for confirms';
  const table = [
    await loadRun(waiting, 1, 1, rabbitmq, { atLeast: 0.8 }),
    await loadRun(waiting, 4, OUTSTANDING, rabbitmq),
    await loadRun(waiting, 16, OUTSTANDING, rabbitmq, { atLeast: 0.5 }),
    await likeForLike(4, rabbitmq),
    await likeForLike(16, rabbitmq),
    await loadRun('basic_publish', 1, 1, rabbitmq),
    await loadRun('basic_publish', 4, OUTSTANDING, rabbitmq),
    await loadRun('basic_publish', 16, OUTSTANDING, rabbitmq),
    await compare({
      subject: `embedded broker, amqplib, ${OUTSTANDING} outstanding`,
      unit: '/s',
      peerName: 'RabbitMQ, the same',
      aim: { atLeast: 1.5 },
      rounds: ROUNDS,
      ours: () => amqplibASecond(broker.address, 5 * MESSAGES, OUTSTANDING),
      peer: () => amqplibASecond(rabbitmq, 5 * MESSAGES, OUTSTANDING),
    }),
    await compare({
      subject: '  in one thread with its client, as in the window',
      unit: '/s',
      peerName: 'RabbitMQ, the same',
      rounds: ROUNDS,
      ours: () => amqplibASecond(embedded.address, 5 * MESSAGES, OUTSTANDING),
      peer: () => amqplibASecond(rabbitmq, 5 * MESSAGES, OUTSTANDING),
    }),
    await compare({
      subject: 'embedded broker, load run of 4 sessions',
      unit: '/s',
      peerName: 'RabbitMQ, the same',
      rounds: ROUNDS,
      ours: () =>
        deliveriesASecond(embedded.address, {
          sample: samples[waiting],
          messages: MESSAGES,
          sessions: 4,
        }),
      peer: () =>
        deliveriesASecond(rabbitmq, { sample: samples[waiting], messages: MESSAGES, sessions: 4 }),
    }),
  ];
  process.stdout.write(`${renderTable(table, [])}\n`);
} finally {
  broker.stop();
  await embedded.close();
  await node.stop();
}
