import type { LivePoint, LiveView } from '../../../electron/bridge/contract.ts';

export type Counted = Exclude<keyof LivePoint, 'at' | `${string}Us`>;

/** A point for every stretch of time, also for those in which nothing was delivered. */
export function timeLine({ points, bucketMs }: LiveView): LivePoint[] {
  const first = points[0]?.at ?? 0;
  const line: LivePoint[] = [];
  for (const point of points) {
    while (first + line.length * bucketMs < point.at) {
      line.push({ at: first + line.length * bucketMs, ...nothing });
    }
    line.push(point);
  }
  return line;
}

const nothing = {
  acked: 0,
  nacked: 0,
  unroutable: 0,
  unconfirmed: 0,
  failed: 0,
  none: 0,
  silentLoss: 0,
};

/** Deliveries of a point, whatever became of them. */
export function totalOf({
  acked,
  nacked,
  unroutable,
  unconfirmed,
  failed,
  none,
}: LivePoint): number {
  return acked + nacked + unroutable + unconfirmed + failed + none;
}

/** The smallest of 1, 2, 5, 10, 20, … that is not below `value`: the end of an axis. */
export function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** Powers of ten around `values`, for a logarithmic axis: at least one decade. */
export function decades(values: readonly number[]): { from: number; to: number } {
  const least = Math.max(Math.min(...values), 1);
  const most = Math.max(...values, 1);
  const from = 10 ** Math.floor(Math.log10(least));
  const to = 10 ** Math.ceil(Math.log10(most));
  return { from, to: Math.max(to, from * 10) };
}
