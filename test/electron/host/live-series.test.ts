import { describe, expect, it } from 'vitest';
import type { DeliveryRow } from '../../../electron/bridge/deliveries.ts';
import { LiveSeries } from '../../../electron/host/live-series.ts';

function row(at: number, change: Partial<DeliveryRow> = {}): Omit<DeliveryRow, 'id'> {
  return {
    runId: 'run-1',
    message: 1,
    messageId: 'd7ef',
    at,
    queue: 'q',
    attempt: 1,
    exchange: '',
    routingKey: 'q',
    told: '250 ok',
    verdict: 'acked',
    latencyUs: 1_000,
    publishes: 1,
    recordType: 'Delivery',
    responseCode: 200,
    responseContent: '250 ok',
    size: 1,
    ...change,
  };
}

describe('the series of the live view', () => {
  it('counts verdicts and latencies a bucket, and leaves empty ones out', () => {
    const series = new LiveSeries();
    series.add(row(1_000));
    series.add(row(1_099, { latencyUs: 3_000 }));
    series.add(row(1_500, { verdict: 'unroutable', warning: 'silent-loss', latencyUs: 8_000 }));
    const { bucketMs, points } = series.view();
    expect(bucketMs).toBe(100);
    expect(points).toMatchObject([
      { at: 1_000, acked: 2, unroutable: 0, maxUs: 3_000 },
      { at: 1_500, acked: 0, unroutable: 1, silentLoss: 1, p50Us: 8_000, maxUs: 8_000 },
    ]);
  });

  it('puts a row that comes late where it belongs', () => {
    const series = new LiveSeries();
    for (const at of [1_000, 1_300, 1_150, 1_020]) series.add(row(at));
    expect(series.view().points.map(({ at, acked }) => [at, acked])).toEqual([
      [1_000, 2],
      [1_100, 1],
      [1_300, 1],
    ]);
  });

  it('stays small however long the traffic lasts, and loses no count', () => {
    const series = new LiveSeries();
    for (let second = 0; second < 7_200; second++) series.add(row(second * 1_000));
    const { points, bucketMs, histogram } = series.view();
    expect(points.length).toBeLessThanOrEqual(300);
    expect(bucketMs).toBe(25_600);
    expect(points.reduce((sum, { acked }) => sum + acked, 0)).toBe(7_200);
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(7_200);
  });

  it('begins anew after a pause', () => {
    const series = new LiveSeries();
    series.add(row(0));
    series.add(row(100_000));
    expect(series.view().points).toMatchObject([{ at: 100_000, acked: 1 }]);
  });

  it('shows the latencies in bars that hold them', () => {
    const series = new LiveSeries();
    for (const latencyUs of [1_000, 1_000, 900_000]) series.add(row(0, { latencyUs }));
    const { histogram } = series.view();
    const full = histogram.filter(({ count }) => count > 0);
    expect(full.map(({ count }) => count)).toEqual([2, 1]);
    expect(histogram[0]?.fromUs).toBeLessThanOrEqual(1_000);
    expect(histogram.at(-1)?.toUs).toBeGreaterThanOrEqual(890_000);
  });
});
