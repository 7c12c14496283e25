import { describe, expect, test, vi } from 'vitest';
import type { DialectName } from '../../../../../electron/amqp/embedded/dialects.ts';
import { encoded } from '../../../../../electron/amqp/embedded/engine/published-message.ts';
import { Message } from '../../../../../electron/amqp/embedded/engine/message.ts';
import type { Queue } from '../../../../../electron/amqp/embedded/engine/queue.ts';
import { emptyTable } from '../../../../../electron/amqp/embedded/wire/field-table.ts';
import { plainValue, tableOf } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';
import type { PlainTable } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';
import { bodies, declareExchange, declareQueue, message, newHost } from './host.ts';

/** `source` gives up to `dlx`, which leads to `dead`. */
function withDeadLetters(args: PlainTable = {}, dialect: DialectName = 'rabbitmq-3.10') {
  const { vhost, memory } = newHost({ dialect });
  declareExchange(vhost, 'dlx', 'topic');
  const dead = declareQueue(vhost, 'dead');
  vhost.bind('dlx', dead, '#', emptyTable);
  const source = declareQueue(vhost, 'source', { 'x-dead-letter-exchange': 'dlx', ...args });
  return { vhost, memory, source, dead };
}

function reject(queue: Queue): void {
  const item = queue.take();
  if (item === undefined) throw new Error(`${queue.name} is empty`);
  queue.reject(item);
}

/** The headers of the next message that waits. */
function headersIn(queue: Queue): { readonly [name: string]: unknown } {
  const [item] = queue.peek(1);
  const headers = item?.message.properties().headers ?? emptyTable;
  return plainValue({ type: 'table', value: headers }) as { readonly [name: string]: unknown };
}

/** Of `x-death`, without its times. */
function deathsIn(queue: Queue): unknown {
  return (headersIn(queue)['x-death'] as { time: unknown }[]).map(({ time: _, ...event }) => event);
}

describe('a dead letter', () => {
  test('tells where it was rejected, and keeps the key it was published with', () => {
    const { vhost, source, dead } = withDeadLetters();
    vhost.publish(message('', 'source', 'no'));
    reject(source);
    expect(bodies(dead)).toEqual(['no']);
    expect(deathsIn(dead)).toEqual([
      { count: 1, reason: 'rejected', queue: 'source', exchange: '', 'routing-keys': ['source'] },
    ]);
    expect(headersIn(dead)).toMatchObject({
      'x-first-death-reason': 'rejected',
      'x-first-death-queue': 'source',
      'x-first-death-exchange': '',
    });
    expect(dead.peek(1)[0]?.message).toMatchObject({ exchange: 'dlx', routingKey: 'source' });
  });

  test('has the key of its queue where that has one', () => {
    const { vhost, source, dead } = withDeadLetters({ 'x-dead-letter-routing-key': 'buried' });
    vhost.publish(message('', 'source'));
    reject(source);
    expect(dead.peek(1)[0]?.message.routingKeys).toEqual(['buried']);
  });

  test('is made by a limit, of the oldest', () => {
    const { vhost, source, dead } = withDeadLetters({ 'x-max-length': 1 });
    for (const body of ['1', '2', '3']) vhost.publish(message('', 'source', body));
    expect([bodies(source), bodies(dead)]).toEqual([['3'], ['1', '2']]);
    expect(deathsIn(dead)).toMatchObject([{ reason: 'maxlen' }]);
  });

  test('is made by reject-publish-dlx, of the newest, and by reject-publish never', () => {
    const overflow = (how: string) => ({ 'x-max-length': 1, 'x-overflow': how });
    const kept = withDeadLetters(overflow('reject-publish-dlx'));
    const lost = withDeadLetters(overflow('reject-publish'));
    for (const { vhost } of [kept, lost]) {
      expect(vhost.publish(message('', 'source', '1')).accepted).toBe(true);
      expect(vhost.publish(message('', 'source', '2')).accepted).toBe(false);
    }
    expect([bodies(kept.dead), bodies(lost.dead)]).toEqual([['2'], []]);
  });

  test('loses its expiration, which is told in x-death', () => {
    const { vhost, source, dead } = withDeadLetters();
    const properties = encoded({ expiration: '60000' });
    const traits = { furtherKeys: [], expirationMilliseconds: 60_000, priority: 0 };
    vhost.publish(new Message('', 'source', properties, Buffer.from('x'), traits));
    reject(source);
    expect(dead.peek(1)[0]?.message.properties().expiration).toBeUndefined();
    expect(dead.peek(1)[0]?.expiresAt).toBe(Infinity);
    expect(deathsIn(dead)).toMatchObject([{ 'original-expiration': '60000' }]);
  });

  test('is counted for each queue and reason, the newest first', () => {
    const { vhost } = newHost();
    const to = (key: string) => ({
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': key,
    });
    const a = declareQueue(vhost, 'a', to('b'));
    const b = declareQueue(vhost, 'b', to('a'));
    vhost.publish(message('', 'a'));
    for (const queue of [a, b, a]) reject(queue);
    expect(deathsIn(b)).toMatchObject([
      { queue: 'a', count: 2 },
      { queue: 'b', count: 1 },
    ]);
  });

  test('comes back from a queue that nobody rejected in only once', () => {
    vi.useFakeTimers();
    try {
      const { vhost, memory } = newHost();
      const to = (key: string) => ({
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': key,
        'x-message-ttl': 10,
      });
      const a = declareQueue(vhost, 'a', to('b'));
      const b = declareQueue(vhost, 'b', to('a'));
      vhost.publish(message('', 'a'));
      vi.advanceTimersByTime(10);
      expect([a.readyCount, b.readyCount]).toEqual([0, 1]);
      vi.advanceTimersByTime(10);
      expect([a.readyCount, b.readyCount, memory.usedBytes]).toEqual([0, 0, 0]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is none without its exchange, and none when it is purged or deleted', () => {
    const nowhere = withDeadLetters({ 'x-dead-letter-exchange': 'nope' });
    nowhere.vhost.publish(message('', 'source'));
    reject(nowhere.source);
    const { vhost, memory, source, dead } = withDeadLetters();
    vhost.publish(message('', 'source'));
    source.purge();
    vhost.publish(message('', 'source'));
    vhost.deleteQueue(source);
    expect([dead.readyCount, memory.usedBytes, nowhere.memory.usedBytes]).toEqual([0, 0, 0]);
  });

  test.each([
    ['rabbitmq-3.10', 3],
    ['rabbitmq-4', 1],
  ] as const)('of a message that brings its own x-death counts as %s does', (dialect, count) => {
    const { vhost, source, dead } = withDeadLetters({}, dialect);
    const before = { reason: 'rejected', queue: 'source', count: 2 };
    const properties = encoded({ headers: tableOf({ 'x-death': [before] }) });
    vhost.publish(new Message('', 'source', properties, Buffer.from('x')));
    reject(source);
    expect(deathsIn(dead)).toMatchObject([{ count }]);
  });

  test('in the dialect of RabbitMQ 4 tells its last death too', () => {
    const { vhost, source, dead } = withDeadLetters({}, 'rabbitmq-4');
    vhost.publish(message('', 'source'));
    reject(source);
    const headers = headersIn(dead);
    expect(headers).toMatchObject({
      'x-first-death-queue': 'source',
      'x-last-death-queue': 'source',
      'x-last-death-reason': 'rejected',
      'x-last-death-exchange': '',
    });
  });
});
