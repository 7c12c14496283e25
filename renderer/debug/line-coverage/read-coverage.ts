import type { Coverage, ReadingRequest } from '../../../electron/bridge/debug.ts';
import { sentenceOf, workbench } from '../../bridge/workbench-bridge.ts';
import { onTextChange, modelOf } from '../../editor/document-models.ts';
import { useDocuments } from '../../editor/documents-store.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import { currentClient } from '../session/current-client.ts';
import { useSession } from '../session/session-store.ts';
import { noCoverage, useCoverage } from './coverage-store.ts';

/** Kept for the sum; older ones are let go. */
const mostRuns = 50;
const reading: ReadingRequest = { kind: 'coverage', values: true };

/** Texts of open files as they were covered. */
const covered = new Map<string, string>();

interface Answer {
  readonly key: string;
  readonly result: unknown;
  /** Files that hold another text than the run ran: their lines mean nothing there. */
  readonly changedFiles: readonly string[];
}

/** Takes the coverage of a run, or of several that were read as one. */
export function addCoverage({ key, result, changedFiles }: Answer): void {
  // The answer to this kind of reading, which the union of all answers cannot say.
  const coverage = result as Coverage;
  const unsaved = useDocuments.getState().documents.filter((open) => open.dirty);
  const changed = [...new Set([...changedFiles, ...unsaved.map(({ path }) => path)])];
  covered.clear();
  for (const { file } of coverage.files) {
    const text = modelOf(file)?.model.getValue();
    if (text !== undefined && !changed.includes(file)) covered.set(file, text);
  }
  useCoverage.setState(({ runs }) => ({
    runs: [...runs.filter((run) => run.key !== key), { key, coverage }].slice(-mostRuns),
    reading: false,
    problem: undefined,
    changedFiles: changed,
  }));
}

/** A run of the history; without a name the debugged run as far as it has come, or the newest one. */
async function ask(wanted?: string): Promise<Answer> {
  const client = wanted === undefined ? currentClient() : undefined;
  const { phase, number, changedFiles } = useSession.getState();
  if (client && phase === 'stopped') {
    const { result } = await client.request('kumo/readings', { reading });
    return { key: `debug:${number}`, result, changedFiles };
  }
  const { runId, ...answer } = await workbench.call('readings.read', {
    reading,
    ...(wanted === undefined ? {} : { runId: wanted }),
  });
  return { key: runId, ...answer };
}

/**
 * Reads which lines and branches a run has run; it is replayed for that and delivers nothing. Those
 * that were read before stay, to be looked at together.
 */
export async function readCoverage(runId?: string): Promise<void> {
  if (useCoverage.getState().reading) return;
  useCoverage.setState({ reading: true, problem: undefined });
  try {
    addCoverage(await ask(runId));
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
    if (was === undefined) return;
    const { changedFiles } = useCoverage.getState();
    const isChanged = was !== text;
    if (isChanged === changedFiles.includes(file)) return;
    useCoverage.setState({
      changedFiles: isChanged
        ? [...changedFiles, file]
        : changedFiles.filter((other) => other !== file),
    });
  });
}
