import type { Verdict } from '../../lua-runtime/recording/entries.ts';

/** How many messages ended with each verdict; `none`: nothing was published. */
export type VerdictCounts = { [verdict in Verdict | 'none']: number };

export function noVerdicts(): VerdictCounts {
  return { acked: 0, nacked: 0, unroutable: 0, unconfirmed: 0, failed: 0, none: 0 };
}
