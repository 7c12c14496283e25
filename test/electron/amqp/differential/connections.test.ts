import amqp from 'amqplib';
import type { Script } from './script.ts';
import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';
import { RawConversation, protocolHeader } from './raw-script.ts';

/** What the two sides agreed on, out of amqplib's own bookkeeping. */
async function negotiated(script: Script, query: string): Promise<void> {
  const connection = await script.connect({ query }, `with ${query}`);
  const { frameMax, channelMax, heartbeat } = (
    connection as unknown as {
      connection: { frameMax: number; channelMax: number; heartbeat: number };
    }
  ).connection;
  script.note(`negotiated with ${query}`, { frameMax, channelMax, heartbeat });
}

describeOnRabbitmq('connections on both brokers', () => {
  sameOnBoth('what is negotiated', async (script) => {
    for (const query of ['', '?frameMax=8192', '?channelMax=10', '?heartbeat=7', '?frameMax=0']) {
      await negotiated(script, query);
    }
  });

  sameOnBoth('more channels than agreed', async (script) => {
    const connection = await script.connect({ query: '?channelMax=2' });
    await connection.createChannel();
    await connection.createChannel();
    script.note(
      'third',
      await connection.createChannel().then(
        () => 'opened',
        (error: unknown) => (error instanceof Error ? error.message : error),
      ),
    );
  });

  sameOnBoth('AMQPLAIN', async (script) => {
    const { host: hostname, port, username, password, vhost } = script.address;
    const connection = await amqp.connect(
      { hostname, port, vhost },
      { credentials: amqp.credentials.amqplain(username, password) },
    );
    script.note('user', 'logged in');
    await connection.close();
  });

  sameOnBoth('the capabilities of the server', async (script) => {
    const connection = await script.connect();
    const { capabilities } = (
      connection as unknown as { connection: { serverProperties: { capabilities: object } } }
    ).connection.serverProperties;
    script.note('capabilities', capabilities);
  });

  sameOnBoth('the mechanisms and locales of the server', async (script) => {
    const conversation = await RawConversation.open(script.address);
    conversation.write(protocolHeader);
    const start = await conversation.next();
    conversation.end();
    if (start === 'the end' || start.name !== 'connection.start') throw new Error('no start');
    const { versionMajor, versionMinor, mechanisms, locales } = start.args;
    script.note('start', { versionMajor, versionMinor, locales });
    script.note('mechanisms', String(mechanisms).split(' ').sort());
  });

  sameOnBoth('a login without a name', async (script) => {
    const { host: hostname, port } = script.address;
    const anonymous = { mechanism: 'ANONYMOUS', response: () => Buffer.from('') };
    for (const vhost of ['/', script.address.vhost]) {
      const outcome = await amqp
        .connect({ hostname, port, vhost }, { credentials: anonymous })
        .then(
          async (connection) => connection.close().then(() => 'connected'),
          (error: unknown) => (error instanceof Error ? error.message : error),
        );
      script.note(`to ${vhost}`, outcome);
    }
  });

  sameOnBoth('a new secret', async (script) => {
    const connection = await script.connect();
    await connection.updateSecret(Buffer.from('new'), 'because');
    const channel = await script.channel('after', connection);
    await channel.queue('q');
  });

  sameOnBoth('a connection that is closed by its client', async (script) => {
    const connection = await script.connect();
    const channel = await script.channel('channel', connection);
    await channel.queue('q', { exclusive: true });
    await connection.close();
  });

  sameOnBoth('a channel that is used after its error', async (script) => {
    const channel = await script.channel();
    await channel.state('nope');
    await channel.queue('q');
    await channel.publish('', 'q');
  });
});
