import { describe, expect, it } from 'vitest';
import { WireRecorder } from '../../../electron/host/wire-recorder.ts';
import { heartbeatFrame, methodFrame } from '../../../electron/amqp/embedded/wire/frame-writer.ts';

const ADDRESS = { host: 'broker', port: 5672, username: 'me', password: 'geheim', vhost: '/' };
const ALL = { text: '', direction: 'both' } as const;

function recording() {
  let changes = 0;
  const recorder = new WireRecorder(() => (changes += 1));
  recorder.record(true);
  return { recorder, changes: () => changes };
}

function traced(recorder: WireRecorder) {
  const trace = recorder.trace(ADDRESS, 'delivery');
  if (trace === undefined) throw new Error('nothing is recorded');
  return trace;
}

const publish = (routingKey: string) =>
  methodFrame(1, 'basic.publish', { exchange: '', routingKey, mandatory: true });

describe('the recorder of AMQP frames', () => {
  it('records nothing until it is asked to', () => {
    const recorder = new WireRecorder(() => undefined);
    expect(recorder.trace(ADDRESS, 'delivery')).toBeUndefined();
    expect(recorder.state()).toEqual({ recording: false, connections: [] });
  });

  it('names a connection by its address, without the password', () => {
    const { recorder } = recording();
    traced(recorder);
    expect(recorder.state().connections).toMatchObject([
      { id: 1, address: 'amqp://me@broker:5672/%2F', purpose: 'delivery', frames: 0, dropped: 0 },
    ]);
  });

  describe('finds a publish', () => {
    const confirmed = (recorder: WireRecorder) => {
      const trace = traced(recorder);
      trace.passed('sent', publish('unconfirmed'));
      trace.passed('sent', methodFrame(1, 'confirm.select', {}));
      for (const key of ['first', 'second']) trace.passed('sent', publish(key));
    };

    it('by its delivery tag, which is counted from confirm.select on', () => {
      const { recorder } = recording();
      confirmed(recorder);
      const asked = { connection: 1, delivery_tag: 2, at: Date.now() };
      expect(recorder.find(asked)).toEqual({ place: 3 });
      const { frames } = recorder.window({ connection: 1, filter: ALL, offset: 3, limit: 1 });
      expect(frames[0]?.text).toContain('routing-key="second" mandatory counted-delivery-tag=2');
      expect(recorder.find({ ...asked, delivery_tag: 3 })).toEqual({ place: null });
    });

    it('not in a connection that was dialled after it, as in another host’s recording', () => {
      const { recorder } = recording();
      confirmed(recorder);
      const asked = { connection: 1, delivery_tag: 1, at: Date.now() - 60_000 };
      expect(recorder.find(asked)).toEqual({ place: null });
    });

    it('not when its connection is forgotten', () => {
      const { recorder } = recording();
      confirmed(recorder);
      recorder.clear();
      expect(recorder.find({ connection: 1, delivery_tag: 1, at: Date.now() })).toEqual({
        place: null,
      });
    });
  });

  it('goes on with an open connection after it was switched off, and begins no other', () => {
    const { recorder } = recording();
    const trace = traced(recorder);
    recorder.record(false);
    trace.passed('sent', publish('late'));
    expect(recorder.trace(ADDRESS, 'delivery')).toBeUndefined();
    expect(recorder.state().connections).toMatchObject([{ frames: 1 }]);
  });

  it('keeps the first frames and the newest ones, and counts the others', () => {
    const { recorder } = recording();
    const trace = traced(recorder);
    for (let at = 1; at <= 4_000; at++) trace.passed('sent', publish(`key-${at}`));
    expect(recorder.state().connections).toMatchObject([{ frames: 4_000, dropped: 1_400 }]);
    const numbers = (offset: number) =>
      recorder
        .window({ connection: 1, filter: ALL, offset, limit: 3 })
        .frames.map(({ number }) => number);
    expect(numbers(98)).toEqual([99, 100, 1_501]);
    expect(numbers(2_597)).toEqual([3_998, 3_999, 4_000]);
  });

  it('forgets the oldest of too many connections', () => {
    const { recorder } = recording();
    for (let at = 0; at < 60; at++) traced(recorder);
    const ids = recorder.state().connections.map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([40, 21, 60]);
    const forgotten = () => recorder.window({ connection: 1, filter: ALL, offset: 0, limit: 1 });
    expect(forgotten).toThrow('Connection 1 is no longer recorded.');
  });

  it('filters by words, by words that must not be there, and by direction', () => {
    const { recorder } = recording();
    const trace = traced(recorder);
    trace.passed('sent', publish('news'));
    trace.passed('sent', publish('mail'));
    trace.passed('sent', heartbeatFrame);
    trace.passed('received', methodFrame(1, 'basic.ack', { deliveryTag: 1 }));
    const names = (filter: { text: string; direction: 'both' | 'sent' | 'received' }) =>
      recorder
        .window({ connection: 1, filter, offset: 0, limit: 9 })
        .frames.map(({ name }) => name);
    expect(names({ ...ALL, text: 'PUBLISH news' })).toEqual(['basic.publish']);
    expect(names({ ...ALL, text: '-heartbeat -mail' })).toEqual(['basic.publish', 'basic.ack']);
    expect(names({ text: '', direction: 'received' })).toEqual(['basic.ack']);
  });

  it('is copied as text, what matches alone', () => {
    const { recorder } = recording();
    const trace = traced(recorder);
    trace.passed('sent', publish('news'));
    trace.passed('sent', heartbeatFrame);
    const { text, frames } = recorder.text({
      connection: 1,
      filter: { text: 'publish', direction: 'both' },
    });
    expect(frames).toBe(1);
    const [head, line, ...rest] = text.split('\n');
    expect(head).toBe('Connection 1 to amqp://me@broker:5672/%2F');
    expect(line).toMatch(
      /^\d\d:\d\d:\d\d\.\d{6} {2}sent {6}ch 1 {2}basic\.publish {9}exchange="" routing-key="news" mandatory$/,
    );
    expect(rest).toEqual(['']);
  });

  it('says of bytes that are no AMQP why, and goes on without them', () => {
    const { recorder } = recording();
    const trace = traced(recorder);
    trace.passed('received', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    trace.passed('received', Buffer.from('and more'));
    const { frames } = recorder.window({ connection: 1, filter: ALL, offset: 0, limit: 9 });
    expect(frames).toMatchObject([{ kind: 'malformed', name: 'no AMQP frame' }]);
  });
});
