/** Side-by-side measurement: machines are noisy, so ours and the peer take turns within one run. */

export interface Comparison {
  readonly subject: string;
  readonly unit: string;
  /** Medians over the rounds, in `unit`. */
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  /** Median of the ratios ours/peer, round by round. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  /** Without one, it is there to compare with. */
  readonly aim?: { readonly atMost: number } | { readonly atLeast: number };
}

/** A figure without a peer, held against an absolute aim; without one, it is there to compare with. */
export interface Reading {
  readonly subject: string;
  readonly value: string;
  readonly aim?: string;
  readonly met?: boolean;
}

/** The middle value; of an even count the lower middle, so that it is a value that was measured. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('The median of nothing was asked for.');
  return middle;
}

/** One uncounted round, then `rounds` of peer and ours in turn. Both return their figure in `unit`. */
export async function compare(
  options: Pick<Comparison, 'subject' | 'unit' | 'peerName' | 'aim'> & {
    readonly rounds: number;
    readonly ours: () => Promise<number>;
    readonly peer: () => Promise<number>;
  },
): Promise<Comparison> {
  const { subject, unit, peerName, aim } = options;
  await options.peer();
  await options.ours();
  const pairs: { ours: number; peer: number }[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const peer = await options.peer();
    const ours = await options.ours();
    pairs.push({ ours, peer });
  }
  const ratios = pairs.map(({ ours, peer }) => ours / peer);
  return {
    subject,
    unit,
    peerName,
    ...(aim && { aim }),
    ours: median(pairs.map((pair) => pair.ours)),
    peer: median(pairs.map((pair) => pair.peer)),
    ratio: median(ratios),
    ratios,
  };
}

export function isMet({ ratio, aim }: Comparison): boolean | undefined {
  if (aim === undefined) return undefined;
  return 'atMost' in aim ? ratio <= aim.atMost : ratio >= aim.atLeast;
}

/** The value that `percent` of the values do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
  if (value === undefined) throw new Error('A percentile of nothing was asked for.');
  return value;
}
