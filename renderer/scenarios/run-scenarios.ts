import type { ScenarioId } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { saveAll } from '../editor/save-all.ts';
import { notify } from '../shell/notices-store.ts';

/** Saves what is open, and runs those, or all. */
export async function runScenarios(only?: readonly ScenarioId[]): Promise<void> {
  if (await saveAll()) await runSavedScenarios(only);
}

/** As the files are on disk. */
export async function runSavedScenarios(only?: readonly ScenarioId[]): Promise<void> {
  try {
    await workbench.call('scenarios.run', only === undefined ? {} : { only: [...only] });
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}

export async function cancelScenarios(): Promise<void> {
  try {
    await workbench.call('scenarios.cancel', {});
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
