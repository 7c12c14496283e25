import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';

describeOnRabbitmq('exchanges on both brokers', () => {
  sameOnBoth('a direct exchange compares the whole key', async (script) => {
    const channel = await script.channel();
    await channel.exchange('e', 'direct');
    await channel.queue('q');
    await channel.bind('q', 'e', 'a.b');
    await channel.publish('e', 'a.b', 'one', { mandatory: true });
    await channel.publish('e', 'a.*', 'two', { mandatory: true });
    await channel.returned(1);
    await channel.get('q');
    await channel.get('q');
  });

  sameOnBoth('a fanout exchange ignores the key', async (script) => {
    const channel = await script.channel();
    await channel.exchange('e', 'fanout');
    for (const queue of ['one', 'two']) {
      await channel.queue(queue);
      await channel.bind(queue, 'e', 'whatever');
    }
    await channel.publish('e', 'other');
    await channel.get('one');
    await channel.get('two');
  });

  sameOnBoth('topic patterns', async (script) => {
    const channel = await script.channel();
    const patterns = ['a.*', 'a.#', '#', '*', '#.c', 'a.*.c', '', '*.*', 'a.#.c.#', '#.#'];
    for (const pattern of patterns) {
      await channel.queue(`q ${pattern}`);
      await channel.bind(`q ${pattern}`, 'amq.topic', pattern);
    }
    for (const key of ['a', 'a.b', 'a.b.c', '', 'c', 'a.c', 'a..c', '.', 'x.y.z.c']) {
      await channel.publish('amq.topic', key, key, { mandatory: true });
    }
    for (const pattern of patterns) {
      await channel.state(`q ${pattern}`);
      for (let n = 0; n < 10; n++) await channel.get(`q ${pattern}`, { noAck: true });
    }
  });

  sameOnBoth('exchanges bound to exchanges', async (script) => {
    const channel = await script.channel();
    await channel.exchange('from', 'topic');
    await channel.exchange('to', 'fanout');
    await channel.queue('q');
    await channel.bind('q', 'to');
    await channel.ask('bind', (it) => it.bindExchange('to', 'from', 'a.#'));
    await channel.publish('from', 'a.b', 'in');
    await channel.publish('from', 'b.a', 'out', { mandatory: true });
    await channel.ask('unbind', (it) => it.unbindExchange('to', 'from', 'a.#'));
    await channel.publish('from', 'a.b', 'later', { mandatory: true });
    await channel.returned(2);
    await channel.get('q');
    await channel.get('q');
  });

  sameOnBoth('a cycle of exchanges delivers once', async (script) => {
    const channel = await script.channel();
    await channel.exchange('a', 'fanout');
    await channel.exchange('b', 'fanout');
    await channel.ask('bind', (it) => it.bindExchange('a', 'b', ''));
    await channel.ask('bind', (it) => it.bindExchange('b', 'a', ''));
    await channel.queue('q');
    await channel.bind('q', 'a');
    await channel.bind('q', 'b');
    await channel.publish('a', '');
    await channel.state('q');
  });

  sameOnBoth('an alternate exchange takes what has no binding', async (script) => {
    const channel = await script.channel();
    await channel.exchange('last', 'fanout');
    await channel.exchange('second', 'direct', { alternateExchange: 'last' });
    await channel.exchange('first', 'direct', { alternateExchange: 'second' });
    await channel.queue('unrouted');
    await channel.queue('routed');
    await channel.bind('unrouted', 'last');
    await channel.bind('routed', 'first', 'k');
    await channel.publish('first', 'k', 'routed', { mandatory: true });
    await channel.publish('first', 'x', 'unrouted', { mandatory: true });
    await channel.get('routed');
    await channel.get('unrouted');
  });

  sameOnBoth('an alternate exchange that is not there', async (script) => {
    const channel = await script.channel();
    await channel.exchange('first', 'direct', { alternateExchange: 'nowhere' });
    await channel.publish('first', 'x', 'lost', { mandatory: true });
    await channel.returned(1);
  });

  sameOnBoth('an exchange bound to the queue twice delivers once', async (script) => {
    const channel = await script.channel();
    await channel.queue('q');
    await channel.bind('q', 'amq.topic', '#');
    await channel.bind('q', 'amq.topic', 'a');
    await channel.publish('amq.topic', 'a');
    await channel.state('q');
  });

  sameOnBoth('an internal exchange takes no publish', async (script) => {
    const channel = await script.channel();
    await channel.exchange('e', 'fanout', { internal: true });
    await channel.publish('e', 'k');
    await channel.closed();
  });

  sameOnBoth('an auto-delete exchange goes with its last binding', async (script) => {
    const channel = await script.channel();
    await channel.exchange('e', 'direct', { autoDelete: true });
    await channel.queue('q');
    await channel.bind('q', 'e', 'one');
    await channel.bind('q', 'e', 'two');
    await channel.ask('unbind', (it) => it.unbindQueue('q', 'e', 'one'));
    await channel.ask('still there', (it) => it.checkExchange('e'));
    await channel.ask('unbind', (it) => it.unbindQueue('q', 'e', 'two'));
    await channel.ask('gone', (it) => it.checkExchange('e'));
    await channel.closed();
  });

  sameOnBoth('carbon copies: CC and BCC', async (script) => {
    const channel = await script.channel();
    for (const queue of ['q', 'cc', 'bcc']) await channel.queue(queue);
    await channel.publish('', 'q', 'copied', { CC: ['cc'], BCC: ['bcc'] });
    for (const queue of ['q', 'cc', 'bcc']) await channel.get(queue);
  });
});
