/** The same script on RabbitMQ and on the embedded broker: they may differ in nothing that it sees. */
import { expect, test } from 'vitest';
import { dialectOfVersion } from '../../../../electron/amqp/embedded/dialects.ts';
import type { DialectName } from '../../../../electron/amqp/embedded/dialects.ts';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { differences } from '../../../../electron/amqp/embedded/differences.ts';
import type { Difference, DifferenceId } from '../../../../electron/amqp/embedded/differences.ts';
import type { BrokerAddress } from '../../../../electron/amqp/client-contract.ts';
import { GUEST, OWNER, READER, WRITER } from '../../../rabbitmq/definitions.ts';
import { newVhost, rabbitmq as node } from '../../../rabbitmq/rabbitmq.ts';
import { Script } from './script.ts';

export type ScriptBody = (script: Script) => Promise<void>;

/** As the node of the tests is configured. */
const largestMessage = 1_000_000;

/** A test that runs the script on both and compares what was seen. */
export function sameOnBoth(name: string, body: ScriptBody): void {
  test(name, async () => {
    const { rabbitmq, embedded } = await runOnBoth(body);
    expect(embedded).toEqual(rabbitmq);
  });
}

/**
 * A test that fails when the listed difference is no more, or shows on another dialect than its own.
 * `prepare` is done to RabbitMQ alone.
 */
export function differsAs(
  id: DifferenceId,
  body: ScriptBody,
  prepare: (address: BrokerAddress) => Promise<void> = async () => undefined,
): void {
  test(`differs as listed: ${id}`, async () => {
    const { rabbitmq, embedded } = await runOnBoth(body, prepare);
    const listed: readonly Difference[] = differences;
    const only = listed.find((difference) => difference.id === id)?.only;
    if (only === undefined || only === (await dialect())) expect(embedded).not.toEqual(rabbitmq);
    else expect(embedded).toEqual(rabbitmq);
  }, 60_000);
}

/** That of the node. */
async function dialect(): Promise<DialectName> {
  return dialectOfVersion((await node()).version);
}

/** One for each file: a vhost costs a node more than the queues that a script leaves behind. */
let vhost: Promise<BrokerAddress> | undefined;

async function runOnBoth(
  body: ScriptBody,
  prepare: (address: BrokerAddress) => Promise<void> = async () => undefined,
): Promise<{ rabbitmq: unknown; embedded: unknown }> {
  const address = await (vhost ??= newVhost());
  await prepare(address);
  const rabbitmq = await run(address, body);
  const broker = new EmbeddedBroker({
    dialect: await dialect(),
    users: {
      [OWNER.username]: OWNER.password,
      [READER.username]: {
        password: READER.password,
        permissions: { [address.vhost]: { configure: '', write: '', read: '.*' } },
      },
      [WRITER.username]: {
        password: WRITER.password,
        permissions: { [address.vhost]: { configure: '.*', write: '.*', read: '' } },
      },
      [GUEST.username]: {
        password: GUEST.password,
        permissions: { '/': { configure: '.*', write: '.*', read: '.*' } },
      },
    },
    vhosts: ['/', address.vhost],
    maxMessageBytes: largestMessage,
  });
  try {
    const { port } = await broker.listen();
    return { rabbitmq, embedded: await run({ ...address, port }, body) };
  } finally {
    await broker.close();
  }
}

async function run(address: BrokerAddress, body: ScriptBody): Promise<unknown> {
  const script = new Script(address);
  try {
    await body(script);
    return script.events;
  } finally {
    await script.cleanUp();
  }
}
