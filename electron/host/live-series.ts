/**
 * The deliveries over time, in fixed memory: verdicts and latencies a time bucket. Buckets become
 * twice as wide whenever there would be too many; a pause in the traffic begins a new series.
 */
import type { DeliveryRow, LivePoint, LiveView } from '../bridge/deliveries.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { noVerdicts } from './verdict-counts.ts';

const MOST_BUCKETS = 300;
const FIRST_BUCKET_MS = 100;
/** Traffic after so long without any is another stretch: one chart of both would be mostly empty. */
const PAUSE_MS = 60_000;

type Counts = Omit<LivePoint, 'at' | 'p50Us' | 'p95Us' | 'p99Us' | 'maxUs'>;

interface Bucket {
  at: number;
  readonly counts: Counts;
  readonly latencies: LatencyHistogram;
}

export class LiveSeries {
  #bucketMs = FIRST_BUCKET_MS;
  /** Ascending; empty ones are left out. */
  #buckets: Bucket[] = [];
  readonly #all = new LatencyHistogram();

  add(row: Omit<DeliveryRow, 'id'>): void {
    const newest = this.#buckets.at(-1);
    if (newest && row.at - newest.at > PAUSE_MS) this.clear();
    const { counts, latencies } = this.#bucketOf(row.at);
    counts[row.verdict ?? 'none']++;
    if (row.warning === 'silent-loss') counts.silentLoss++;
    if (row.latencyUs !== undefined) {
      latencies.add(row.latencyUs);
      this.#all.add(row.latencyUs);
    }
    while (this.#span() > MOST_BUCKETS) this.#coarsen();
  }

  view(): LiveView {
    return {
      bucketMs: this.#bucketMs,
      points: this.#buckets.map(({ at, counts, latencies }) => {
        const latency = latencies.summary();
        return {
          at,
          ...counts,
          ...(latency && {
            p50Us: latency.p50,
            p95Us: latency.p95,
            p99Us: latency.p99,
            maxUs: latency.max,
          }),
        };
      }),
      histogram: this.#all.bars(),
    };
  }

  clear(): void {
    this.#bucketMs = FIRST_BUCKET_MS;
    this.#buckets = [];
    this.#all.clear();
  }

  /** From the first bucket to the last, empty ones counted. */
  #span(): number {
    const first = this.#buckets[0]?.at ?? 0;
    return ((this.#buckets.at(-1)?.at ?? 0) - first) / this.#bucketMs + 1;
  }

  /** Rows of several sessions come nearly, not strictly, in the order of their times. */
  #bucketOf(time: number): Bucket {
    const at = Math.floor(time / this.#bucketMs) * this.#bucketMs;
    const before = this.#buckets.findLastIndex((bucket) => bucket.at <= at);
    const found = this.#buckets[before];
    if (found?.at === at) return found;
    const bucket = { at, counts: noCounts(), latencies: new LatencyHistogram() };
    this.#buckets.splice(before + 1, 0, bucket);
    return bucket;
  }

  #coarsen(): void {
    this.#bucketMs *= 2;
    const wider: Bucket[] = [];
    for (const bucket of this.#buckets) {
      const at = Math.floor(bucket.at / this.#bucketMs) * this.#bucketMs;
      const last = wider.at(-1);
      if (last?.at !== at) {
        wider.push({ ...bucket, at });
        continue;
      }
      for (const name of COUNT_NAMES) last.counts[name] += bucket.counts[name];
      last.latencies.merge(bucket.latencies);
    }
    this.#buckets = wider;
  }
}

function noCounts(): Counts {
  return {
    ...noVerdicts(),
    silentLoss: 0,
  };
}

const COUNT_NAMES: readonly (keyof Counts)[] = [
  'acked',
  'nacked',
  'unroutable',
  'unconfirmed',
  'failed',
  'none',
  'silentLoss',
];
