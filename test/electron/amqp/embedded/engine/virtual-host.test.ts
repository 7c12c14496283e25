import { describe, expect, test } from 'vitest';
import type { Consumer } from '../../../../../electron/amqp/embedded/engine/queue-consumers.ts';
import type { QueuedMessage } from '../../../../../electron/amqp/embedded/engine/ready-messages.ts';
import { emptyTable } from '../../../../../electron/amqp/embedded/wire/field-table.ts';
import { tableOf } from '../../../../../electron/amqp/embedded/wire/plain-values.ts';
import { bodies, declareExchange, declareQueue, message, newHost } from './host.ts';

function consumer(limit = Infinity): Consumer & { readonly got: QueuedMessage[] } {
  const got: QueuedMessage[] = [];
  return {
    got,
    exclusive: false,
    priority: 0,
    canTake: () => got.length < limit,
    deliver: (item) => got.push(item),
    cancelled: () => undefined,
  };
}

describe('routing', () => {
  test('the default exchange leads to the queue of that name', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    expect(vhost.publish(message('', 'q')).queues).toEqual([queue]);
    expect(vhost.publish(message('', 'other')).queues).toEqual([]);
  });

  test('a queue bound twice gets the message once', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    declareExchange(vhost, 't', 'topic');
    vhost.bind('t', queue, 'a.*', emptyTable);
    vhost.bind('t', queue, '#', emptyTable);
    vhost.publish(message('t', 'a.b'));
    expect(queue.readyCount).toBe(1);
  });

  test('a fanout exchange ignores the key', () => {
    const { vhost } = newHost();
    const one = declareQueue(vhost, 'one');
    const two = declareQueue(vhost, 'two');
    for (const queue of [one, two]) vhost.bind('amq.fanout', queue, 'k', emptyTable);
    expect(vhost.publish(message('amq.fanout', 'other')).queues).toEqual([one, two]);
  });

  test('follows exchanges bound to exchanges, cycles too', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    declareExchange(vhost, 'a', 'fanout');
    declareExchange(vhost, 'b', 'fanout');
    vhost.bind('a', vhost.exchange('b'), '', emptyTable);
    vhost.bind('b', vhost.exchange('a'), '', emptyTable);
    vhost.bind('b', queue, '', emptyTable);
    expect(vhost.publish(message('a', '')).queues).toEqual([queue]);
  });

  test('what finds no binding goes to the alternate exchange', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'unrouted');
    declareExchange(vhost, 'ae', 'fanout');
    declareExchange(vhost, 'main', 'direct', { 'alternate-exchange': 'ae' });
    vhost.bind('ae', queue, '', emptyTable);
    expect(vhost.publish(message('main', 'nowhere')).queues).toEqual([queue]);
  });

  test('an unbound queue gets nothing any more', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    const args = tableOf({ note: 'this one' });
    vhost.bind('amq.direct', queue, 'k', args);
    vhost.unbind('amq.direct', queue, 'k', emptyTable);
    expect(vhost.publish(message('amq.direct', 'k')).queues).toEqual([queue]);
    vhost.unbind('amq.direct', queue, 'k', args);
    expect(vhost.publish(message('amq.direct', 'k')).queues).toEqual([]);
  });

  test('a deleted queue takes its bindings with it, and an auto-delete exchange goes too', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    vhost.declareExchange({
      name: 'passing',
      type: 'direct',
      durable: false,
      autoDelete: true,
      internal: false,
      arguments: emptyTable,
    });
    vhost.bind('passing', queue, 'k', emptyTable);
    vhost.deleteQueue(queue);
    expect(vhost.exchanges.has('passing')).toBe(false);
  });
});

describe('a queue', () => {
  test('at its length limit drops its oldest message', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-max-length': 2 });
    for (const body of ['1', '2', '3']) {
      expect(vhost.publish(message('', 'q', body)).accepted).toBe(true);
    }
    expect(bodies(queue)).toEqual(['2', '3']);
  });

  test('at its size limit drops its oldest messages', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-max-length-bytes': 10 });
    for (const body of ['12345', '12345', '123456']) vhost.publish(message('', 'q', body));
    expect(bodies(queue)).toEqual(['123456']);
  });

  test('with reject-publish refuses instead', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    expect(vhost.publish(message('', 'q', '1')).accepted).toBe(true);
    expect(vhost.publish(message('', 'q', '2')).accepted).toBe(false);
    expect(bodies(queue)).toEqual(['1']);
  });

  test('serves its consumers in turn', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    const [one, two] = [consumer(), consumer()];
    queue.addConsumer(one);
    queue.addConsumer(two);
    for (const body of ['1', '2', '3', '4']) vhost.publish(message('', 'q', body));
    expect([one.got.length, two.got.length]).toEqual([2, 2]);
  });

  test('passes over a consumer that cannot take', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    const [busy, free] = [consumer(1), consumer(2)];
    queue.addConsumer(busy);
    queue.addConsumer(free);
    for (const body of ['1', '2', '3', '4']) vhost.publish(message('', 'q', body));
    expect([busy.got.length, free.got.length, queue.readyCount]).toEqual([1, 2, 1]);
  });

  test('puts a message back where it was, marked as redelivered', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    for (const body of ['1', '2', '3', '4']) vhost.publish(message('', 'q', body));
    const taken = [queue.take(), queue.take(), queue.take()];
    for (const index of [1, 0]) {
      const item = taken[index];
      if (item !== undefined) queue.requeue(item);
    }
    expect(bodies(queue)).toEqual(['1', '2', '4']);
    expect(queue.peek(9).map((item) => item.redelivered)).toEqual([true, true, false]);
    expect(queue.unacknowledgedCount).toBe(1);
  });

  test('keeps its order over many messages', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    const seen: string[] = [];
    for (let n = 0; n < 5000; n++) {
      vhost.publish(message('', 'q', String(n)));
      if (n % 3 !== 0) seen.push(queue.take()?.message.body.toString() ?? 'none');
    }
    while (queue.readyCount > 0) seen.push(queue.take()?.message.body.toString() ?? 'none');
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, n) => String(n)));
  });

  test('that deletes itself goes with its last consumer', () => {
    const { vhost } = newHost();
    const queue = vhost.declareQueue({
      name: 'passing',
      durable: false,
      exclusive: false,
      autoDelete: true,
      arguments: emptyTable,
      owner: undefined,
    });
    const [one, two] = [consumer(), consumer()];
    queue.addConsumer(one);
    queue.addConsumer(two);
    vhost.removeConsumer(queue, one);
    expect(vhost.queues.has('passing')).toBe(true);
    vhost.removeConsumer(queue, two);
    expect(vhost.queues.has('passing')).toBe(false);
  });
});

describe('the memory cap', () => {
  test('counts a message once however many queues hold it, until the last lets go', () => {
    const { vhost, memory } = newHost();
    const queues = ['one', 'two'].map((name) => declareQueue(vhost, name));
    for (const queue of queues) vhost.bind('amq.fanout', queue, '', emptyTable);
    const sent = message('amq.fanout', '', 'x'.repeat(1000));
    vhost.publish(sent);
    expect(memory.usedBytes).toBe(sent.memoryBytes);
    queues[0]?.purge();
    expect(memory.usedBytes).toBe(sent.memoryBytes);
    const item = queues[1]?.take();
    expect(memory.usedBytes).toBe(sent.memoryBytes);
    if (item !== undefined) queues[1]?.settle(item);
    expect(memory.usedBytes).toBe(0);
  });

  test('raises an alarm when it is passed and lifts it when enough is free', () => {
    const { vhost, alarms } = newHost({ capBytes: 5000 });
    const queue = declareQueue(vhost, 'q');
    for (let n = 0; n < 6; n++) vhost.publish(message('', 'q', 'x'.repeat(1000)));
    expect(alarms).toEqual([true]);
    queue.purge();
    expect(alarms).toEqual([true, false]);
  });

  test('a message that was requeued into a deleted queue is let go', () => {
    const { vhost, memory } = newHost();
    const queue = declareQueue(vhost, 'q');
    vhost.publish(message('', 'q'));
    const item = queue.take();
    vhost.deleteQueue(queue);
    if (item !== undefined) queue.requeue(item);
    expect(memory.usedBytes).toBe(0);
  });
});
