/** How many messages a second a load run delivers, and how many amqplib publishes by itself. */
import path from 'node:path';
import amqplib from 'amqplib';
import type { BrokerAddress } from '../../electron/amqp/client-contract.ts';
import { createMessageFactory } from '../../electron/host/message-form.ts';
import { DeliveryRun } from '../../electron/host/delivery-run.ts';
import { mappedBroker } from '../../electron/host/run-broker.ts';
import { DEFAULT_LIMITS } from '../../electron/host/worker/worker-contract.ts';
import { projectFolder } from './project-folder.ts';

/** Of each message, in bytes. */
export const PAYLOAD_BYTES = 1024;
const data = new TextEncoder().encode('x'.repeat(PAYLOAD_BYTES));

export interface LoadRun {
  /** A folder of lua-runtime/samples. */
  readonly sample: string;
  readonly messages: number;
  readonly sessions: number;
}

/** Deliveries a second from the first record to the last: starting sessions is not the subject. */
export async function deliveriesASecond(
  address: BrokerAddress,
  { sample, messages, sessions }: LoadRun,
): Promise<number> {
  let first: number | undefined;
  let last = 0;
  const run = new DeliveryRun({
    runId: 'bench',
    policy: {
      engine: 'lua54',
      workspaceRoot: path.join(projectFolder, 'lua-runtime/samples', sample),
      policyFile: 'init.lua',
      environment: {},
      limits: DEFAULT_LIMITS,
    },
    seed: 1,
    queue: 'amqp',
    count: messages + 1,
    sessions,
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
  if (end.done !== messages + 1 || first === undefined)
    throw new Error(`The run ended early: ${end.problem ?? end.state}`);
  return messages / ((last - first) / 1000);
}

/** amqplib by itself; `measure` gets a publish that resolves with its confirm. */
export async function withAmqplib(
  address: BrokerAddress,
  measure: (publish: (payload: Buffer) => Promise<void>) => Promise<number>,
): Promise<number> {
  const connection = await connectAmqplib(address);
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

/** amqplib's publishes a second with so many of them unconfirmed at a time. */
export function amqplibASecond(
  address: BrokerAddress,
  messages: number,
  outstanding: number,
): Promise<number> {
  const payload = Buffer.from(data);
  return withAmqplib(address, async (publish) => {
    await publish(payload);
    let left = messages;
    const one = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await publish(payload);
      }
    };
    const started = performance.now();
    await Promise.all(Array.from({ length: outstanding }, one));
    return messages / ((performance.now() - started) / 1000);
  });
}

/** The same over several connections, each of which awaits every confirm, as sessions do. */
export async function connectionsASecond(
  address: BrokerAddress,
  messages: number,
  connections: number,
): Promise<number> {
  const share = Math.ceil(messages / connections);
  const each = await Promise.all(
    Array.from({ length: connections }, () => amqplibASecond(address, share, 1)),
  );
  return each.reduce((sum, rate) => sum + rate, 0);
}

/** What both publish to. It keeps its last message only, so that rounds do not fill the memory. */
export async function declareLoggingQueue(address: BrokerAddress): Promise<void> {
  const connection = await connectAmqplib(address);
  const channel = await connection.createChannel();
  await channel.assertQueue('logging', { durable: true, arguments: { 'x-max-length': 1 } });
  await connection.close();
}

function connectAmqplib({ host, port, username, password, vhost }: BrokerAddress) {
  return amqplib.connect({ hostname: host, port, username, password, vhost }, { noDelay: true });
}
