import type { Coverage, ReadingRequest } from '../../../electron/bridge/debug.ts';
import { sentenceOf, workbench } from '../../bridge/workbench-bridge.ts';
import { onTextChange, modelOf } from '../../editor/document-models.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import { currentClient } from '../session/current-client.ts';
import { useSession } from '../session/session-store.ts';
import { noCoverage, useCoverage } from './coverage-store.ts';

/** Kept for the sum; older ones are let go. */
const mostRuns = 50;
const reading: ReadingRequest = { kind: 'coverage', values: true };

/** Texts of open files as they were covered. */
const covered = new Map<string, string>();

function add(key: string, coverage: Coverage): void {
  for (const { file } of coverage.files) {
    const text = modelOf(file)?.model.getValue();
    if (text !== undefined) covered.set(file, text);
  }
  useCoverage.setState(({ runs }) => ({
    runs: [...runs.filter((run) => run.key !== key), { key, coverage }].slice(-mostRuns),
    reading: false,
    problem: undefined,
    changedFiles: [],
  }));
}

/** The debugged run as far as it has come, or the newest run of the history. */
async function ask(): Promise<{ readonly key: string; readonly result: unknown }> {
  const client = currentClient();
  if (client && useSession.getState().phase === 'stopped') {
    const { result } = await client.request('kumo/readings', { reading });
    return { key: `debug:${useSession.getState().number}`, result };
  }
  const { runId, result } = await workbench.call('readings.read', { reading });
  return { key: runId, result };
}

/** Reads which lines and branches a run has run; it is replayed for that and delivers nothing. */
export async function readCoverage(): Promise<void> {
  if (useCoverage.getState().reading) return;
  useCoverage.setState({ reading: true, problem: undefined });
  try {
    const { key, result } = await ask();
    // The answer to this kind of reading, which the union of all answers cannot say.
    add(key, result as Coverage);
  } catch (error) {
    useCoverage.setState({ reading: false, problem: sentenceOf(error) });
  }
}

export function clearCoverage(): void {
  covered.clear();
  useCoverage.setState(noCoverage);
}

/** Reads the coverage of a debugged run when it is over, and lets go of what is out of date. */
export function followCoverage(): void {
  useSession.subscribe(({ stop }, before) => {
    if (stop?.reason === 'end' && before.stop?.reason !== 'end') void readCoverage();
  });
  useWorkspace.subscribe((state, before) => {
    if (state.workspace?.root !== before.workspace?.root) clearCoverage();
  });
  onTextChange((file, text) => {
    const was = covered.get(file);
    const { changedFiles } = useCoverage.getState();
    const isChanged = was !== undefined && was !== text;
    if (isChanged === changedFiles.includes(file)) return;
    useCoverage.setState({
      changedFiles: isChanged
        ? [...changedFiles, file]
        : changedFiles.filter((other) => other !== file),
    });
  });
}
