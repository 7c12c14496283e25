/** Coverage summed over the runs of scenarios, each of which is replayed for it. */
import { join } from 'node:path';
import { mergeCoverage } from '../../../lua-runtime/debugger/readings/merge-coverage.ts';
import type { Coverage } from '../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { readInWorker } from '../debug/read-in-worker.ts';

export interface RecordedScenario {
  /** Absolute folder of its policy. */
  readonly policyRoot: string;
  readonly entries: Iterable<Entry> | AsyncIterable<Entry>;
}

export interface SummedCoverageOptions {
  /** Whether the values of variables are kept. */
  readonly values: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Files have their absolute paths, because scenarios may be of several policies. Throws
 * `ReadingProblem` when a recording cannot be read.
 */
export async function summedCoverage(
  recordings: Iterable<RecordedScenario>,
  { values, signal }: SummedCoverageOptions,
): Promise<Coverage> {
  let sum: Coverage = { files: [] };
  for (const { policyRoot, entries } of recordings) {
    const request = { kind: 'coverage', values } as const;
    const { files, notes } = await readInWorker(entries, request, { ...(signal && { signal }) });
    const own = files.map((file) => ({ ...file, file: join(policyRoot, file.file) }));
    sum = mergeCoverage([sum, { files: own, ...(notes && { notes }) }]);
  }
  return sum;
}
