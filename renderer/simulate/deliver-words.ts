import { formatCount, formatSeconds } from '../wording/quantities.ts';

interface Amount {
  readonly amount: 'messages' | 'seconds';
  readonly count: number;
  readonly seconds: number;
}

/** What a button says that starts the run: `Deliver`, `Deliver 1,200`, `Deliver for 30s`. */
export function deliverWords({ amount, count, seconds }: Amount): string {
  if (amount === 'seconds') return `Deliver for ${formatSeconds(seconds)}`;
  return count === 1 ? 'Deliver' : `Deliver ${formatCount(count)}`;
}
