/**
 * One session's deliveries a second (worker thread, send, publish, confirm, record, recording)
 * against amqplib publishing the same payload and awaiting each confirm, on the same broker.
 */
import type { BrokerAddress } from '../../electron/amqp/client-contract.ts';
import { startEmbeddedBroker } from '../../electron/host/start-embedded-broker.ts';
import { OWNER } from '../rabbitmq/definitions.ts';
import { startRabbitmqNode } from '../rabbitmq/node.ts';
import { blockingWorker } from './blocking-worker.ts';
import {
  amqplibASecond,
  declareLoggingQueue,
  deliveriesASecond,
  PAYLOAD_BYTES,
  withAmqplib,
} from './delivery-rate.ts';
import { compare } from './measure.ts';
import { renderTable } from './table.ts';

const MESSAGES = 3_000;
const ROUNDS = 5;
const load = { sample: 'amqp-routing', messages: MESSAGES, sessions: 1 };

function comparison(broker: string, address: BrokerAddress) {
  return compare({
    subject: `deliveries, one session, ${broker}`,
    unit: '/s',
    peerName: 'amqplib, each confirm awaited',
    aim: { atLeast: 0.7 },
    rounds: ROUNDS,
    ours: () => deliveriesASecond(address, load),
    peer: () => amqplibASecond(address, MESSAGES, 1),
  });
}

/** What waiting in another thread costs by itself, on this machine now. */
function floor(broker: string, address: BrokerAddress) {
  return compare({
    subject: `  a bare worker thread that waits, ${broker}`,
    unit: '/s',
    peerName: 'the same',
    rounds: ROUNDS,
    ours: () => withAmqplib(address, (publish) => blockingWorker(MESSAGES, PAYLOAD_BYTES, publish)),
    peer: () => amqplibASecond(address, MESSAGES, 1),
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
  await declareLoggingQueue(rabbitmq);
  await declareLoggingQueue(embedded.address);
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
