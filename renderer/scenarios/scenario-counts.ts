/** How the scenarios of a list are doing. Pure. */
import type { ScenarioFile, ScenarioProgress } from '../../electron/bridge/contract.ts';
import { formatCount, formatQuantity } from '../wording/quantities.ts';
import { scenarioKey } from './scenarios-store.ts';

export interface ScenarioCounts {
  readonly all: number;
  readonly passed: number;
  readonly failed: number;
  /** Running, or going to run. */
  readonly pending: number;
  /** Files of which nothing is run. */
  readonly broken: number;
}

export function countScenarios(
  files: readonly ScenarioFile[],
  progress: Readonly<Record<string, ScenarioProgress>>,
): ScenarioCounts {
  const states = files.flatMap(({ file, scenarios }) =>
    scenarios.map(({ name }) => progress[scenarioKey({ file, name })]?.state),
  );
  const count = (...wanted: ScenarioProgress['state'][]): number =>
    states.filter((state) => state !== undefined && wanted.includes(state)).length;
  return {
    all: states.length,
    passed: count('passed'),
    failed: count('failed'),
    pending: count('waiting', 'running'),
    broken: files.filter(({ problems }) => problems.length > 0).length,
  };
}

/** `3 passed, 1 failed`; before anything was run: `4 scenarios`. */
export function countsWords({ all, passed, failed, pending, broken }: ScenarioCounts): string {
  const parts = [
    ...(passed + failed > 0
      ? [`${formatCount(passed)} passed`, `${formatCount(failed)} failed`]
      : []),
    ...(pending > 0 ? [`${formatCount(pending)} to run`] : []),
    ...(broken > 0 ? [`${formatQuantity(broken, 'file')} with mistakes`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : formatQuantity(all, 'scenario');
}
