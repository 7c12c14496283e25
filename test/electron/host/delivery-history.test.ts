import { describe, expect, it, onTestFinished } from 'vitest';
import type { DeliveryGoal, DeliveryRow } from '../../../electron/bridge/deliveries.ts';
import { DeliveryHistory } from '../../../electron/host/delivery-history.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';

const everything = { text: '', verdicts: [] };

function newHistory(keptRows?: number): DeliveryHistory {
  const history = new DeliveryHistory(keptRows === undefined ? {} : { keptRows });
  onTestFinished(() => history.close());
  return history;
}

function row(message: number, change: Partial<DeliveryRow> = {}): Omit<DeliveryRow, 'id'> {
  return {
    runId: 'run-1',
    message,
    at: message,
    messageId: 'd7ef',
    queue: 'amqp',
    attempt: 1,
    exchange: '',
    routingKey: 'logging',
    told: '250 ok',
    verdict: 'acked',
    latencyUs: 1_000,
    publishes: 1,
    recordType: 'Delivery',
    responseCode: 200,
    responseContent: '250 ok',
    size: 10,
    ...change,
  };
}

function print(seq: number, text: string, message?: number): Entry {
  return {
    kind: 'print',
    at: seq,
    seq,
    source: 'print',
    level: 'info',
    text,
    ...(message === undefined ? {} : { message, session: 1 }),
  };
}

describe('DeliveryHistory', () => {
  it('gives windows of the rows that match text and verdict, oldest first', () => {
    const history = newHistory();
    for (let n = 1; n <= 100; n++) {
      history.add(
        row(n, n % 10 === 0 ? { verdict: 'nacked', responseContent: `No ${n}` } : {}),
        [],
      );
    }
    const nacked = history.window({ text: '', verdicts: ['nacked'] }, 2, 3);
    expect(nacked.rows.map(({ message }) => message)).toEqual([30, 40, 50]);
    expect(nacked.matching).toBe(10);
    expect(history.window({ text: 'no 7', verdicts: [] }, 0, 10).rows).toMatchObject([
      { message: 70 },
    ]);
  });

  it('keeps a filtered window up to date as rows arrive, and frozen up to an id', () => {
    const history = newHistory();
    const filter = { text: '', verdicts: ['nacked' as const] };
    history.add(row(1, { verdict: 'nacked' }), []);
    expect(history.window(filter, 0, 10).matching).toBe(1);
    const second = history.add(row(2, { verdict: 'nacked' }), []);
    history.add(row(3, { verdict: 'nacked' }), []);
    expect(history.window(filter, 0, 10).matching).toBe(3);
    expect(history.window(filter, 0, 10, second.id).rows.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('finds rows without a verdict and silent losses by name', () => {
    const history = newHistory();
    history.add(row(1), []);
    history.add(row(2, { verdict: undefined }), []);
    history.add(row(3, { warning: 'silent-loss', verdict: 'unroutable' }), []);
    const matching = (verdict: 'none' | 'silent-loss') =>
      history.window({ text: '', verdicts: [verdict] }, 0, 10).rows.map(({ message }) => message);
    expect(matching('none')).toEqual([2]);
    expect(matching('silent-loss')).toEqual([3]);
  });

  it('counts verdicts and tells the median and the 99th percentile to about 2 %', () => {
    const history = newHistory();
    for (let n = 1; n <= 1_000; n++) history.add(row(n, { latencyUs: n * 10 }), []);
    const counts = history.counts();
    expect(counts).toMatchObject({ total: 1_000, acked: 1_000, nacked: 0, silentLoss: 0 });
    expect(counts.p50Us).toBeGreaterThan(4_900);
    expect(counts.p50Us).toBeLessThan(5_100);
    expect(counts.p99Us).toBeGreaterThan(9_700);
    expect(counts.p99Us).toBeLessThan(10_100);
  });

  it('gives back the recording of a delivery with what its run shares', () => {
    const history = newHistory();
    history.addShared('run-1', print(1, 'loading'));
    const first = history.add(row(1), [print(2, 'one', 1)]);
    const second = history.add(row(2), [print(3, 'two', 2), print(4, 'zwei ✓', 2)]);
    const texts = (id: number) =>
      history.recording(id)?.entries.map((entry) => (entry.kind === 'print' ? entry.text : ''));
    expect(texts(first.id)).toEqual(['loading', 'one']);
    expect(texts(second.id)).toEqual(['loading', 'two', 'zwei ✓']);
  });

  it('drops the oldest rows beyond its bound, from filtered windows too, and says how many', () => {
    const history = newHistory(1_000);
    const filter = { text: 'logging', verdicts: [] };
    history.window(filter, 0, 1);
    for (let n = 1; n <= 1_501; n++) history.add(row(n), [print(n, `${n}`, n)]);
    const { rows, matching, counts } = history.window(filter, 0, 1);
    expect(counts.total).toBe(1_501);
    expect(matching).toBe(1_501 - counts.dropped);
    expect(matching).toBeLessThanOrEqual(1_000);
    expect(rows[0]?.id).toBe(counts.dropped + 1);
    expect(history.recording(1)).toBeUndefined();
    expect(history.recording(1_501)?.entries).toHaveLength(1);
  });

  it('starts from nothing after a clear, while a run goes on', () => {
    const history = newHistory();
    history.addShared('run-1', print(1, 'loading'));
    history.add(row(1), [print(2, 'one', 1)]);
    history.clear(new Set(['run-1']));
    expect(history.window(everything, 0, 10)).toMatchObject({ matching: 0, counts: { total: 0 } });
    const next = history.add(row(2), [print(3, 'two', 2)]);
    expect(history.recording(next.id)?.entries).toHaveLength(2);
  });

  it('takes rows that come into what a filter has found already', () => {
    const history = newHistory();
    const filter = { text: 'logg', verdicts: ['acked' as const] };
    for (let n = 1; n <= 20; n++) history.add(row(n), []);
    expect(history.window(filter, 0, 50).rows).toHaveLength(20);
    history.add(row(21), []);
    history.add(row(22, { verdict: 'nacked' }), []);
    expect(history.window(filter, 20, 50).rows).toMatchObject([{ id: 21 }]);
  });

  it('finds a delivery by time, by message id and the next problem either way', () => {
    const history = newHistory();
    for (let n = 1; n <= 100; n++) {
      history.add(
        row(n, { messageId: `id-${n}`, ...(n % 40 === 0 ? { verdict: 'nacked' } : {}) }),
        [],
      );
    }
    const find = (goal: DeliveryGoal) => history.find(everything, goal)?.index;
    expect(find({ kind: 'time', at: 50 })).toBe(49);
    expect(find({ kind: 'time', at: 101 })).toBeUndefined();
    expect(find({ kind: 'message', id: 'ID-77' })).toBe(76);
    expect(find({ kind: 'message', id: 'id-x' })).toBeUndefined();
    const firstProblem = history.find(everything, { kind: 'problem', direction: 'newer' });
    expect(firstProblem).toEqual({ id: 40, index: 39, matching: 100 });
    expect(find({ kind: 'problem', direction: 'newer', from: 40 })).toBe(79);
    expect(find({ kind: 'problem', direction: 'newer', from: 80 })).toBeUndefined();
    expect(find({ kind: 'problem', direction: 'older', from: 80 })).toBe(39);
    expect(find({ kind: 'problem', direction: 'older' })).toBe(79);
  });

  it('counts what the capture filter keeps out, and records the rest', () => {
    const history = newHistory();
    history.capture = { text: '', verdicts: ['problem'] };
    for (let n = 1; n <= 10; n++) history.add(row(n, n === 5 ? { verdict: 'nacked' } : {}), []);
    const { rows, counts } = history.window(everything, 0, 100);
    expect(rows.map(({ message }) => message)).toEqual([5]);
    expect(counts).toMatchObject({ total: 10, acked: 9, nacked: 1, notRecorded: 9 });
    expect(() => [...history.recordingOfRun('run-1')]).toThrow(/Not every delivery/);
  });
});
