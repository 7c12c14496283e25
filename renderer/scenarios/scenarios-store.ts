import { create } from 'zustand';
import type {
  CallInput,
  ScenarioFile,
  ScenarioId,
  ScenarioProgress,
} from '../../electron/bridge/contract.ts';

interface ScenariosState {
  /** Undefined: not asked yet. */
  readonly files: readonly ScenarioFile[] | undefined;
  /** Why there is no list, as a sentence. */
  readonly problem: string | undefined;
  /** How each did last, by `scenarioKey`. */
  readonly progress: Readonly<Record<string, ScenarioProgress>>;
  /** Runs all again when a file of the folder is saved. */
  readonly runOnSave: boolean;
  /** What the dialog saves. */
  readonly saving: ScenarioToSave | undefined;
}

export interface ScenarioToSave {
  readonly from: CallInput<'scenarios.save'>['from'];
  readonly name: string;
}

export const noScenarios: ScenariosState = {
  files: undefined,
  problem: undefined,
  progress: {},
  runOnSave: false,
  saving: undefined,
};

export const useScenarios = create<ScenariosState>()(() => noScenarios);

export function scenarioKey({ file, name }: ScenarioId): string {
  return JSON.stringify([file, name]);
}
