import { useMemo } from 'react';
import type { Coverage } from '../../../electron/bridge/debug.ts';
import { useCoverage, type CoveredRun } from './coverage-store.ts';
import { sumCoverage } from './sum-coverage.ts';

/** The newest run's coverage, or that of all runs together. */
export function shownCoverage(runs: readonly CoveredRun[], summed: boolean): Coverage | undefined {
  if (runs.length === 0) return undefined;
  return summed ? sumCoverage(runs.map(({ coverage }) => coverage)) : runs.at(-1)?.coverage;
}

export function useShownCoverage(): Coverage | undefined {
  const runs = useCoverage((state) => state.runs);
  const summed = useCoverage((state) => state.summed);
  return useMemo(() => shownCoverage(runs, summed), [runs, summed]);
}
