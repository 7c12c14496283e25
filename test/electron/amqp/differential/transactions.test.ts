import type { Channel } from 'amqplib';
import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';

/** amqplib has no tx; its own request method has. Ids as in the method table of AMQP 0-9-1. */
const ids = { select: 5_898_250, commit: 5_898_260, rollback: 5_898_270 } as const;

/** Sends tx.select, commit or rollback and resolves to whether it was answered with its own ok. */
async function tx(channel: Channel, verb: keyof typeof ids): Promise<string> {
  const raw = channel as unknown as {
    rpc(method: number, fields: object, expected: number): Promise<unknown>;
  };
  await raw.rpc(ids[verb], {}, ids[verb] + 1);
  return `${verb}-ok`;
}

describeOnRabbitmq('transactions on both brokers', () => {
  sameOnBoth('nothing is there before the commit', async (script) => {
    const channel = await script.plainChannel();
    await channel.queue('q');
    await channel.ask('select', (it) => tx(it, 'select'));
    channel.channel.publish('', 'q', Buffer.from('one'));
    channel.channel.publish('', 'q', Buffer.from('two'));
    await channel.state('q');
    await channel.ask('commit', (it) => tx(it, 'commit'));
    await channel.state('q');
    await channel.get('q');
  });

  sameOnBoth('a rollback forgets publishes and acknowledgements', async (script) => {
    const channel = await script.plainChannel();
    await channel.queue('q');
    await channel.ask('select', (it) => tx(it, 'select'));
    channel.channel.publish('', 'q', Buffer.from('kept'));
    await channel.ask('commit', (it) => tx(it, 'commit'));
    const got = await channel.get('q');
    if (got) channel.channel.ack(got);
    channel.channel.publish('', 'q', Buffer.from('forgotten'));
    await channel.ask('rollback', (it) => tx(it, 'rollback'));
    await channel.state('q');
    await channel.ask('recover', (it) => it.recover());
    await channel.depthIs('q', 1);
    await channel.get('q');
  });

  sameOnBoth('acknowledgements count with the commit', async (script) => {
    const channel = await script.plainChannel();
    await channel.queue('q');
    channel.channel.publish('', 'q', Buffer.from('one'));
    await channel.depthIs('q', 1);
    await channel.ask('select', (it) => tx(it, 'select'));
    const got = await channel.get('q');
    if (got) channel.channel.nack(got, false, true);
    await channel.state('q');
    await channel.ask('commit', (it) => tx(it, 'commit'));
    await channel.depthIs('q', 1);
    await channel.get('q');
  });

  sameOnBoth('an unroutable mandatory message comes back with the commit', async (script) => {
    const channel = await script.plainChannel();
    await channel.ask('select', (it) => tx(it, 'select'));
    channel.channel.publish('', 'nowhere', Buffer.from('x'), { mandatory: true });
    await channel.ask('commit', (it) => tx(it, 'commit'));
    await channel.returned(1);
  });

  sameOnBoth('a queue that refuses fails the commit', async (script) => {
    const channel = await script.plainChannel();
    await channel.queue('q', { maxLength: 0, arguments: { 'x-overflow': 'reject-publish' } });
    await channel.ask('select', (it) => tx(it, 'select'));
    channel.channel.publish('', 'q', Buffer.from('x'));
    await channel.ask('commit', (it) => tx(it, 'commit'));
    await channel.closed();
  });

  for (const verb of ['commit', 'rollback'] as const) {
    sameOnBoth(`${verb} on a channel without`, async (script) => {
      const channel = await script.plainChannel();
      await channel.ask(verb, (it) => tx(it, verb));
      await channel.closed();
    });
  }

  sameOnBoth('not with confirms', async (script) => {
    const channel = await script.channel();
    await channel.ask('select', (it) => tx(it, 'select'));
    await channel.closed();
  });

  sameOnBoth('no confirms with it', async (script) => {
    const channel = await script.plainChannel();
    await channel.ask('select', (it) => tx(it, 'select'));
    await channel.ask('again', (it) => tx(it, 'select'));
    const raw = channel.channel as unknown as {
      rpc(method: number, fields: object, expected: number): Promise<unknown>;
    };
    await channel.ask('confirm', () => raw.rpc(5_570_570, { nowait: false }, 5_570_571));
    await channel.closed();
  });
});
