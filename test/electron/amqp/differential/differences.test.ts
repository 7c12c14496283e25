/** Each difference that is listed is really one, and each has its test here. */
import { readFileSync } from 'node:fs';
import amqp from 'amqplib';
import { describe, expect, test } from 'vitest';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import { parseFault } from '../../../../electron/amqp/embedded/faults.ts';
import { differences } from '../../../../electron/amqp/embedded/differences.ts';
import type { DifferenceId } from '../../../../electron/amqp/embedded/differences.ts';
import { methodFrame } from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { tableOf } from '../../../../electron/amqp/embedded/wire/plain-values.ts';
import { OWNER } from '../../../rabbitmq/definitions.ts';
import { rabbitmqctl, startRabbitmqNode } from '../../../rabbitmq/node.ts';
import { describeOnRabbitmq, rabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { differsAs } from './both-brokers.ts';
import {
  RawConversation,
  answerTo,
  answerToBeginning,
  frame,
  header,
  protocolHeader,
} from './raw-script.ts';

const publish = methodFrame(1, 'basic.publish', { routingKey: 'q' });
const channelTwo = methodFrame(2, 'channel.open', {});

describe('the list of differences', () => {
  test('has a test for each', () => {
    const source = readFileSync(import.meta.filename, 'utf8');
    expect(differences.filter(({ id }) => !source.includes(`'${id}'`))).toEqual([]);
  });
});

describeOnRabbitmq('the embedded broker', () => {
  differsAs('server-properties', async (script) => {
    const connection = await script.connect();
    const { product } = (
      connection as unknown as { connection: { serverProperties: { product: string } } }
    ).connection.serverProperties;
    script.note('product', product);
  });

  differsAs('quorum-queues', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { arguments: { 'x-queue-type': 'quorum' } });
    await channel.publish('', 'q');
    const got = await channel.get('q');
    if (got) channel.channel.nack(got);
    await channel.depthIs('q', 1);
    await channel.get('q');
  });

  differsAs('streams', async (script) => {
    const channel = await script.channel();
    await channel.queue('q', { arguments: { 'x-queue-type': 'stream' } });
  });

  differsAs(
    'policies',
    async (script) => {
      const channel = await script.channel();
      await channel.queue('limited');
      await channel.publish('', 'limited', '1');
      await channel.publish('', 'limited', '2');
      await channel.state('limited');
    },
    async ({ vhost }) => {
      const policy = ['short', '^limited$', '{"max-length":1}', '--apply-to', 'queues'];
      await rabbitmqctl(await rabbitmq(), 'set_policy', '-p', vhost, ...policy);
    },
  );

  differsAs(
    'topic-permissions',
    async (script) => {
      const channel = await script.channel();
      await channel.publish('amq.topic', 'b');
      await channel.publish('amq.topic', 'a');
    },
    async ({ vhost, username }) => {
      const rule = [username, 'amq.topic', '^a$', '.*'];
      await rabbitmqctl(await rabbitmq(), 'set_topic_permissions', '-p', vhost, ...rule);
    },
  );

  differsAs('unknown-mechanism', async (script) => {
    const conversation = await RawConversation.open(script.address);
    conversation.write(protocolHeader);
    await conversation.next();
    const clientProperties = tableOf({ capabilities: { authentication_failure_close: true } });
    const login = { clientProperties, mechanism: 'HANDSHAKE', locale: 'en_US' };
    conversation.write(methodFrame(0, 'connection.start-ok', login));
    script.note('first answer', await conversation.next());
    conversation.end();
  });

  differsAs('before-the-login', async (script) => {
    const conversation = await RawConversation.open(script.address);
    conversation.write(protocolHeader);
    await conversation.next();
    conversation.write(methodFrame(1, 'channel.open', {}));
    script.note('first answer', await conversation.next());
    conversation.end();
  });

  differsAs('malformed-methods', async (script) => {
    const cut = frame(1, 1, Buffer.from([0, 50, 0, 10, 0, 0, 32, 97]));
    script.note('first answer', await answerTo(script.address, cut));
  });

  differsAs('overlong-body', async (script) => {
    const bytes = Buffer.concat([publish, header(2), frame(3, 1, Buffer.from('abc')), channelTwo]);
    script.note('first answer', await answerTo(script.address, bytes));
  });

  differsAs('binary-names', async (script) => {
    const payload = Buffer.from([0, 60, 0, 40, 0, 0, 0, 2, 0xff, 0xfe, 0]);
    const bytes = Buffer.concat([frame(1, 1, payload), header(0), channelTwo]);
    script.note('first answer', await answerTo(script.address, bytes));
  });

  differsAs('amqp-1.0', async (script) => {
    const beginning = Buffer.from('AMQP\x03\x01\0\0', 'latin1');
    script.note('answer', await answerToBeginning(script.address, beginning));
  });

  differsAs('local-random-exchange', async (script) => {
    const channel = await script.channel();
    await channel.exchange('e', 'x-local-random');
  });

  const ofAlarms: DifferenceId = 'blocked-channels';
  test(`differs as listed: ${ofAlarms}`, async () => {
    // An alarm is for the whole node, so that this one has its own.
    const node = await startRabbitmqNode(0);
    const broker = new EmbeddedBroker({ users: { [OWNER.username]: OWNER.password } });
    try {
      const { port } = await broker.listen();
      await rabbitmqctl(node, 'set_vm_memory_high_watermark', '0.00001');
      await broker.setFault(parseFault('block'));
      expect(await answersWhileBlocked(node.port)).toBe(false);
      expect(await answersWhileBlocked(port)).toBe(true);
    } finally {
      await broker.close();
      await node.stop();
    }
  }, 120_000);
});

/** Whether a connection that has published into an alarm is still answered on another channel. */
async function answersWhileBlocked(port: number): Promise<boolean> {
  const { username, password } = OWNER;
  const connection = await amqp.connect(`amqp://${username}:${password}@127.0.0.1:${port}/`);
  // It ends with its broker.
  connection.on('error', () => undefined);
  const blocked = new Promise((resolve) => connection.once('blocked', resolve));
  const publisher = await connection.createChannel();
  publisher.publish('amq.fanout', '', Buffer.from('x'));
  await blocked;
  const answered = connection.createChannel().then(
    () => true,
    () => false,
  );
  const impatient = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), 1000);
  });
  return Promise.race([answered, impatient]);
}
