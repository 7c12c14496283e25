import { describe, expect, test } from 'vitest';
import { bodies, declareQueue, message, newHost } from './host.ts';

describe('the limits of a queue', () => {
  test('by size let go of as many of the oldest as it takes, a message too large for it too', () => {
    const { vhost, memory } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-max-length-bytes': 10 });
    for (const body of ['12345', '1234', '123456']) vhost.publish(message('', 'q', body));
    expect(bodies(queue)).toEqual(['1234', '123456']);
    vhost.publish(message('', 'q', '12345678901'));
    expect([queue.readyCount, queue.readyBytes, memory.usedBytes]).toEqual([0, 0, 0]);
  });

  test('by size with reject-publish refuse what does not fit, and take what does', () => {
    const { vhost } = newHost();
    const args = { 'x-max-length-bytes': 10, 'x-overflow': 'reject-publish' };
    const queue = declareQueue(vhost, 'q', args);
    const accepted = ['123456', '12345', '1234', ''].map(
      (body) => vhost.publish(message('', 'q', body)).accepted,
    );
    expect(accepted).toEqual([true, false, true, true]);
    expect(bodies(queue)).toEqual(['123456', '1234', '']);
  });

  test('of one queue do not keep others from the message', () => {
    const { vhost } = newHost();
    const open = declareQueue(vhost, 'open');
    declareQueue(vhost, 'full', { 'x-max-length': 0, 'x-overflow': 'reject-publish' });
    const copy = message('', 'full', 'x', { furtherKeys: ['open'] });
    const { accepted, queues } = vhost.publish(copy);
    expect([accepted, queues.length, open.readyCount]).toEqual([false, 2, 1]);
  });

  test('do not count what is not acknowledged, until it is given back', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-max-length': 1 });
    vhost.publish(message('', 'q', 'held'));
    const held = queue.take();
    vhost.publish(message('', 'q', 'waiting'));
    expect(bodies(queue)).toEqual(['waiting']);
    if (held) queue.requeue(held);
    queue.resume();
    expect(bodies(queue)).toEqual(['waiting']);
  });

  test('drop the next to be delivered, which is one of the highest priority', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-max-length': 2, 'x-max-priority': 3 });
    for (const priority of [0, 3, 1]) {
      vhost.publish(message('', 'q', `at ${priority}`, { priority }));
    }
    expect(bodies(queue)).toEqual(['at 1', 'at 0']);
  });
});

describe('priorities', () => {
  test('above the highest of the queue count as the highest', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-max-priority': 5 });
    for (const priority of [1, 9, 5, 0]) {
      vhost.publish(message('', 'q', `at ${priority}`, { priority }));
    }
    expect(bodies(queue)).toEqual(['at 9', 'at 5', 'at 1', 'at 0']);
  });

  test('mean nothing to a queue without', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    for (const priority of [1, 9]) {
      vhost.publish(message('', 'q', `at ${priority}`, { priority }));
    }
    expect(bodies(queue)).toEqual(['at 1', 'at 9']);
  });
});
