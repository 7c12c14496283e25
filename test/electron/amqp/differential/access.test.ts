import { READER, WRITER } from '../../../rabbitmq/definitions.ts';
import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';
import type { RecordedChannel } from './recorded-channel.ts';

type Act = (channel: RecordedChannel) => Promise<unknown>;

/** What a user who may only read is told. */
const acts: readonly (readonly [what: string, act: Act])[] = [
  ['declare a queue', (it) => it.queue('new')],
  ['declare a queue that is there', (it) => it.queue('q')],
  ['let the broker name a queue', (it) => it.queue('', { exclusive: true })],
  ['declare an exchange', (it) => it.exchange('new', 'direct')],
  ['delete a queue', (it) => it.ask('delete', (c) => c.deleteQueue('q'))],
  ['delete an exchange', (it) => it.ask('delete', (c) => c.deleteExchange('e'))],
  ['delete an exchange that is not there', (it) => it.ask('delete', (c) => c.deleteExchange('no'))],
  ['bind', (it) => it.bind('q', 'e', 'k')],
  ['unbind', (it) => it.ask('unbind', (c) => c.unbindQueue('q', 'e', 'k'))],
  ['bind an exchange', (it) => it.ask('bind', (c) => c.bindExchange('e', 'amq.topic', 'k'))],
  ['publish', (it) => it.publish('e', 'k')],
  ['publish to the default exchange', (it) => it.publish('', 'q')],
  ['publish to an exchange that is not there', (it) => it.publish('nope', 'q')],
];

/** What a user who may not read is told. */
const reading: readonly (readonly [what: string, act: Act])[] = [
  ['get', (it) => it.get('q')],
  ['consume', (it) => it.consume('q')],
  ['purge', (it) => it.ask('purge', (c) => c.purgeQueue('q'))],
  ['bind', (it) => it.bind('q', 'e', 'k')],
  ['declare a queue with dead letters', (it) => it.queue('new', { deadLetterExchange: 'e' })],
  [
    'declare an exchange with an alternate',
    (it) => it.exchange('new', 'direct', { alternateExchange: 'e' }),
  ],
];

describeOnRabbitmq('access on both brokers', () => {
  sameOnBoth('a user who may only read', async (script) => {
    const owner = await script.channel('owner');
    await owner.queue('q');
    await owner.exchange('e', 'topic');
    await owner.publish('', 'q', 'one');
    await owner.publish('', 'q', 'two');
    const connection = await script.connect(READER, 'reader');
    for (const [what, act] of acts) {
      const channel = await script.channel(what, connection);
      await act(channel);
      await channel.closed();
    }
    const channel = await script.channel('may', connection);
    await channel.state('q');
    await channel.ask('check', (it) => it.checkExchange('e'));
    await channel.get('q');
    await channel.consume('q');
    await channel.ask('purge', (it) => it.purgeQueue('q'));
  });

  sameOnBoth('a user who may not read', async (script) => {
    const owner = await script.channel('owner');
    await owner.queue('q');
    await owner.exchange('e', 'topic');
    const connection = await script.connect(WRITER, 'writer');
    for (const [what, act] of reading) {
      const channel = await script.channel(what, connection);
      await act(channel);
      await channel.closed();
    }
  });

  sameOnBoth('a wrong password, an unknown user', async (script) => {
    await script.tryToConnect({ password: 'wrong' }, 'wrong password');
    await script.tryToConnect({ username: 'nobody' }, 'unknown user');
    await script.tryToConnect({ username: '', password: '' }, 'no user');
  });

  sameOnBoth('a virtual host that is not there, or not for everybody', async (script) => {
    await script.tryToConnect({ vhost: 'nope' }, 'missing');
    await script.tryToConnect({ vhost: '/' }, 'another');
    await script.tryToConnect({}, 'its own');
  });
});
