import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { useCoverage } from '../debug/line-coverage/coverage-store.ts';
import { addCoverage } from '../debug/line-coverage/read-coverage.ts';
import { showBottom } from '../shell/layout-store.ts';
import { notify } from '../shell/notices-store.ts';

/** Reads what the scenarios that were run have run together, and shows it in Coverage and the gutter. */
export async function readScenarioCoverage(): Promise<void> {
  if (useCoverage.getState().reading) return;
  useCoverage.setState({ reading: true, problem: undefined });
  try {
    const { coverage } = await workbench.call('scenarios.coverage', {});
    addCoverage({ key: 'scenarios', result: coverage, changedFiles: [] });
    useCoverage.setState({ summed: false });
    showBottom('coverage');
  } catch (error) {
    useCoverage.setState({ reading: false });
    notify(sentenceOf(error), 'fail');
  }
}
