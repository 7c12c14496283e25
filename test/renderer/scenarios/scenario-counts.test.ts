import { expect, it } from 'vitest';
import type { ScenarioFile } from '../../../electron/bridge/contract.ts';
import { countScenarios, countsWords } from '../../../renderer/scenarios/scenario-counts.ts';
import { scenarioKey } from '../../../renderer/scenarios/scenarios-store.ts';

const item = (name: string) => ({ name, line: 1, kind: 'deliver' as const, about: 'q', count: 1 });
const problem = { line: 1, column: 1, message: 'wrong' };
const files: readonly ScenarioFile[] = [
  { file: 'a', problems: [], scenarios: [item('x'), item('y')] },
  { file: 'b', problems: [], scenarios: [item('x')] },
  { file: 'c', problems: [problem], scenarios: [] },
];
const progress = (file: string, name: string, state: 'passed' | 'failed' | 'running') => ({
  [scenarioKey({ file, name })]: { file, name, state },
});

it('says how many there are before anything was run', () => {
  expect(countsWords(countScenarios(files.slice(0, 2), {}))).toBe('3 scenarios');
});

it('counts results, also of the same name in two files', () => {
  const all = { ...progress('a', 'x', 'passed'), ...progress('b', 'x', 'failed') };
  const words = countsWords(countScenarios(files, { ...all, ...progress('a', 'y', 'running') }));
  expect(words).toBe('1 passed, 1 failed, 1 to run, 1 file with mistakes');
});

it('forgets the result of a scenario that is gone', () => {
  expect(countScenarios(files, progress('a', 'z', 'failed')).failed).toBe(0);
});
