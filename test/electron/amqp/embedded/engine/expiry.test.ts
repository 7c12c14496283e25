import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bodies, declareQueue, message, newHost } from './host.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const lasting = (expirationMilliseconds: number) => ({ expirationMilliseconds });

describe('a message that expires', () => {
  test('goes when its time has come, and not before', () => {
    const { vhost, memory } = newHost();
    const queue = declareQueue(vhost, 'q');
    vhost.publish(message('', 'q', 'x', lasting(100)));
    vi.advanceTimersByTime(99);
    expect(queue.readyCount).toBe(1);
    vi.advanceTimersByTime(1);
    expect([queue.readyCount, memory.usedBytes]).toEqual([0, 0]);
  });

  test('has the shorter of its own time and that of the queue', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-message-ttl': 100 });
    vhost.publish(message('', 'q', 'by itself', lasting(50)));
    vhost.publish(message('', 'q', 'by the queue', lasting(200)));
    vi.advanceTimersByTime(50);
    expect(bodies(queue)).toEqual(['by the queue']);
    vi.advanceTimersByTime(50);
    expect(bodies(queue)).toEqual([]);
  });

  test('stays behind one that lasts longer until its turn', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    vhost.publish(message('', 'q', 'long'));
    vhost.publish(message('', 'q', 'short', lasting(10)));
    vi.advanceTimersByTime(1000);
    expect(queue.readyCount).toBe(2);
    expect(queue.take()?.message.body.toString()).toBe('long');
    expect(queue.readyCount).toBe(0);
  });

  test('with no time at all reaches only who waits already', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    vhost.publish(message('', 'q', 'nobody waits', lasting(0)));
    expect(queue.readyCount).toBe(0);
    const got: string[] = [];
    queue.addConsumer({
      exclusive: false,
      priority: 0,
      canTake: () => true,
      deliver: (item) => got.push(item.message.body.toString()),
      cancelled: () => undefined,
    });
    vhost.publish(message('', 'q', 'somebody waits', lasting(0)));
    expect(got).toEqual(['somebody waits']);
  });

  test('is not reached by its time while a consumer has it, and goes once it is given back', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q');
    vhost.publish(message('', 'q', 'x', lasting(10)));
    const item = queue.take();
    vi.advanceTimersByTime(1000);
    expect(queue.unacknowledgedCount).toBe(1);
    if (item) queue.requeue(item);
    queue.resume();
    expect([queue.unacknowledgedCount, queue.readyCount]).toEqual([0, 0]);
  });
});

describe('a queue that expires', () => {
  test('goes when nobody has used it for so long', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-expires': 100 });
    vi.advanceTimersByTime(60);
    queue.used();
    vi.advanceTimersByTime(60);
    expect(vhost.queues.has('q')).toBe(true);
    // A message is no use of it.
    vhost.publish(message('', 'q'));
    vi.advanceTimersByTime(40);
    expect(vhost.queues.has('q')).toBe(false);
  });

  test('waits as long as it has a consumer', () => {
    const { vhost } = newHost();
    const queue = declareQueue(vhost, 'q', { 'x-expires': 100 });
    const consumer = {
      exclusive: false,
      priority: 0,
      canTake: () => false,
      deliver: () => undefined,
      cancelled: () => undefined,
    };
    queue.addConsumer(consumer);
    vi.advanceTimersByTime(1000);
    expect(vhost.queues.has('q')).toBe(true);
    vhost.removeConsumer(queue, consumer);
    vi.advanceTimersByTime(100);
    expect(vhost.queues.has('q')).toBe(false);
  });
});
