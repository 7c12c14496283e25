import { create } from 'zustand';
import type { Coverage } from '../../../electron/bridge/debug.ts';

/** A run whose coverage was read. */
export interface CoveredRun {
  /** Tells a run from others, so that reading it again replaces and does not add. */
  readonly key: string;
  readonly coverage: Coverage;
}

interface CoverageState {
  /** In the order in which they were read. */
  readonly runs: readonly CoveredRun[];
  /** Whether the runs are looked at together. */
  readonly summed: boolean;
  readonly reading: boolean;
  readonly problem: string | undefined;
  /** Files that were changed since: their lines are others now. */
  readonly changedFiles: readonly string[];
}

export const noCoverage: CoverageState = {
  runs: [],
  summed: false,
  reading: false,
  problem: undefined,
  changedFiles: [],
};

export const useCoverage = create<CoverageState>()(() => noCoverage);
