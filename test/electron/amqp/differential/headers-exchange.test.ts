import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { sameOnBoth } from './both-brokers.ts';
import type { RecordedChannel } from './recorded-channel.ts';

/** Publishes with each of the headers and says where it ended up. */
async function tryHeaders(channel: RecordedChannel, tried: readonly object[]): Promise<void> {
  for (const headers of tried) {
    const body = JSON.stringify(headers);
    await channel.publish('h', 'ignored', body, { headers, mandatory: true });
    await channel.state('q');
    await channel.get('q', { noAck: true });
  }
}

async function boundBy(channel: RecordedChannel, args: object): Promise<void> {
  await channel.exchange('h', 'headers');
  await channel.queue('q');
  await channel.bind('q', 'h', '', args);
}

describeOnRabbitmq('a headers exchange on both brokers', () => {
  sameOnBoth('x-match all, and left out', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { 'x-match': 'all', a: 1, b: 'z' });
    await tryHeaders(channel, [
      { a: 1, b: 'z' },
      { a: 1 },
      { a: 1, b: 'y' },
      { a: 1, b: 'z', c: 2 },
    ]);
    await channel.ask('unbind', (it) =>
      it.unbindQueue('q', 'h', '', { 'x-match': 'all', a: 1, b: 'z' }),
    );
    await channel.bind('q', 'h', '', { a: 1, b: 'z' });
    await tryHeaders(channel, [{ a: 1, b: 'z' }, { b: 'z' }, {}]);
  });

  sameOnBoth('x-match any', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { 'x-match': 'any', a: 1, b: 'z' });
    await tryHeaders(channel, [{ a: 1 }, { b: 'z' }, { a: 2, b: 'y' }, {}, { a: 2, b: 'z' }]);
  });

  sameOnBoth('x-match all-with-x and any-with-x', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { 'x-match': 'all-with-x', 'x-a': 1, b: 'z' });
    await tryHeaders(channel, [{ 'x-a': 1, b: 'z' }, { b: 'z' }, { 'x-a': 1 }]);
    await channel.ask('delete', (it) => it.deleteQueue('q'));
    await channel.queue('q');
    await channel.bind('q', 'h', '', { 'x-match': 'any-with-x', 'x-a': 1, b: 'z' });
    await tryHeaders(channel, [{ 'x-a': 1 }, { b: 'z' }, { 'x-a': 2 }]);
  });

  sameOnBoth('keys that begin with x- do not count otherwise', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { 'x-match': 'all', 'x-a': 1 });
    await tryHeaders(channel, [{}, { 'x-a': 2 }, { a: 1 }]);
  });

  sameOnBoth('an empty binding: all matches, any does not', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, {});
    await tryHeaders(channel, [{}, { a: 1 }]);
    await channel.ask('delete', (it) => it.deleteQueue('q'));
    await channel.queue('q');
    await channel.bind('q', 'h', '', { 'x-match': 'any' });
    await tryHeaders(channel, [{}, { a: 1 }]);
  });

  sameOnBoth('values of other types', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { a: 1 });
    await tryHeaders(channel, [
      { a: '1' },
      { a: true },
      { a: 1.5 },
      { a: { '!': 'double', value: 1 } },
      { a: { '!': 'int64', value: 1 } },
      { a: { '!': 'timestamp', value: 1 } },
      { a: null },
      { a: [1] },
      { a: { b: 1 } },
    ]);
  });

  sameOnBoth('numbers of every width', async (script) => {
    const channel = await script.channel();
    const types = ['byte', 'short', 'int', 'int64', 'float', 'double', 'timestamp'];
    for (const bound of types) {
      await boundBy(channel, { a: { '!': bound, value: 2 } });
      await tryHeaders(
        channel,
        types.map((type) => ({ a: { '!': type, value: 2 } })),
      );
      await channel.ask('delete', (it) => it.deleteQueue('q'));
    }
  });

  sameOnBoth('texts, bytes and truth', async (script) => {
    const channel = await script.channel();
    for (const bound of ['1', Buffer.from('1'), true, '', Buffer.from('')]) {
      await boundBy(channel, { a: bound });
      await tryHeaders(channel, [
        { a: '1' },
        { a: Buffer.from('1') },
        { a: true },
        { a: 'true' },
        { a: '' },
        { a: { '!': 'decimal', value: { digits: 1, places: 0 } } },
      ]);
      await channel.ask('delete', (it) => it.deleteQueue('q'));
    }
  });

  sameOnBoth('numbers within arrays and tables', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { 'x-match': 'any', list: [1, { two: 2 }], table: { k: 1 } });
    await tryHeaders(channel, [
      { list: [1, { two: 2 }] },
      { list: [{ '!': 'int64', value: 1 }, { two: 2 }] },
      { list: [1, { two: { '!': 'double', value: 2 } }] },
      { table: { k: { '!': 'short', value: 1 } } },
      { table: { k: { '!': 'double', value: 1 } } },
      { table: { k: 1, l: 2 } },
    ]);
  });

  sameOnBoth('a binding without a value asks for the key alone', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { a: null });
    await tryHeaders(channel, [{ a: 'anything' }, { a: null }, { b: 1 }, {}]);
  });

  sameOnBoth('tables and arrays as values', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { 'x-match': 'any', list: [1, 'two'], table: { k: 'v' } });
    await tryHeaders(channel, [
      { list: [1, 'two'] },
      { list: ['two', 1] },
      { table: { k: 'v' } },
      { table: { k: 'w' } },
      { table: {} },
    ]);
  });

  sameOnBoth('a message without headers', async (script) => {
    const channel = await script.channel();
    await boundBy(channel, { a: 1 });
    await channel.publish('h', 'k', 'bare', { mandatory: true });
    await channel.returned(1);
  });

  for (const match of ['some', 'ALL', '', 1, null]) {
    sameOnBoth(`x-match ${JSON.stringify(match)} is refused`, async (script) => {
      const channel = await script.channel();
      await boundBy(channel, { 'x-match': match });
      await channel.closed();
    });
  }
});
