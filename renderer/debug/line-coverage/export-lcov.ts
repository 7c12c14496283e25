import { sentenceOf, workbench } from '../../bridge/workbench-bridge.ts';
import { downloadText } from '../../controls/download-text.ts';
import { notify } from '../../shell/notices-store.ts';
import { useCoverage } from './coverage-store.ts';
import { shownCoverage } from './use-shown-coverage.ts';

/** Downloads what is shown as an lcov tracefile. */
export async function exportLcov(): Promise<void> {
  const { runs, summed } = useCoverage.getState();
  const coverage = shownCoverage(runs, summed);
  if (!coverage) return;
  try {
    const files = coverage.files.map(({ file, lines, functions, branches }) => ({
      file,
      lines: [...lines],
      functions: [...functions],
      branches: branches.map(({ line, block, taken: [into, past] }) => ({
        line,
        block,
        taken: [into, past] satisfies [number, number],
      })),
    }));
    const { fileName, text } = await workbench.call('readings.lcov', { coverage: { files } });
    downloadText(fileName, text, 'text/plain');
    notify(`Saved as ${fileName} in the downloads folder.`);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
