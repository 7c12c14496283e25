/** Percentiles of many latencies in fixed memory, exact to about 2 %. */

/** 36 buckets a factor of two: 1 µs to about 20 minutes. */
const BUCKETS_PER_OCTAVE = 36;
const BUCKETS = 30 * BUCKETS_PER_OCTAVE;

export class LatencyHistogram {
  readonly #buckets = new Uint32Array(BUCKETS);
  #count = 0;
  #max = 0;

  add(microseconds: number): void {
    const bucket = Math.round(Math.log2(Math.max(1, microseconds)) * BUCKETS_PER_OCTAVE);
    const index = Math.min(BUCKETS - 1, bucket);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count++;
    this.#max = Math.max(this.#max, microseconds);
  }

  /** Microseconds below which `fraction` (0..1) of all lie; undefined when there is none. */
  percentile(fraction: number): number | undefined {
    if (this.#count === 0) return undefined;
    let rest = Math.max(1, Math.ceil(this.#count * fraction));
    for (let index = 0; index < BUCKETS; index++) {
      rest -= this.#buckets[index] ?? 0;
      if (rest <= 0) return Math.round(2 ** (index / BUCKETS_PER_OCTAVE));
    }
    return undefined;
  }

  /** In microseconds; undefined when there is none. `max` is exact. */
  summary(): { p50: number; p95: number; p99: number; max: number } | undefined {
    const max = this.#max;
    const p50 = this.percentile(0.5);
    const p95 = this.percentile(0.95);
    const p99 = this.percentile(0.99);
    if (p50 === undefined || p95 === undefined || p99 === undefined) return undefined;
    return { p50: Math.min(p50, max), p95: Math.min(p95, max), p99: Math.min(p99, max), max };
  }

  /** Adds what another one has counted. */
  merge(other: LatencyHistogram): void {
    for (let index = 0; index < BUCKETS; index++) {
      this.#buckets[index] = (this.#buckets[index] ?? 0) + (other.#buckets[index] ?? 0);
    }
    this.#count += other.#count;
    this.#max = Math.max(this.#max, other.#max);
  }

  /**
   * The counts in bars of equal width on a logarithmic scale, four a factor of two, from the first
   * that is not empty to the last.
   */
  bars(): { fromUs: number; toUs: number; count: number }[] {
    const width = BUCKETS_PER_OCTAVE / 4;
    const bars = Array.from({ length: BUCKETS / width }, (_, bar) => ({
      fromUs: 2 ** (bar / 4),
      toUs: 2 ** ((bar + 1) / 4),
      count: this.#buckets
        .subarray(bar * width, (bar + 1) * width)
        .reduce((sum, count) => sum + count, 0),
    }));
    const first = bars.findIndex(({ count }) => count > 0);
    return first < 0 ? [] : bars.slice(first, bars.findLastIndex(({ count }) => count > 0) + 1);
  }

  clear(): void {
    this.#buckets.fill(0);
    this.#count = 0;
    this.#max = 0;
  }
}
