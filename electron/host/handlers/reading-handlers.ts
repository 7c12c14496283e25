import { join } from 'node:path';
import { writeLcov } from '../../../lua-runtime/debugger/lcov.ts';
import type { ReadingRequest, ReadingResults } from '../../../lua-runtime/debugger/run-reading.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BridgeHandlers } from '../../bridge/contract.ts';
import { readInWorker, ReadingProblem } from '../debug/read-in-worker.ts';
import type { HostParts } from '../host-parts.ts';
import { changedSince, notingTexts } from '../recorded-texts.ts';
import { placed, placeIn } from '../scenarios/placed-recording.ts';
import type { Place } from '../scenarios/placed-recording.ts';
import { relativePath } from '../workspace-path.ts';

type ReadingHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `readings.${string}`>>;

export function readingHandlers(host: HostParts): ReadingHandlers {
  const { history, workspace, scenarios } = host;
  return {
    'readings.read': async ({ runId, reading }) => {
      const run = runId ?? history.newest(1)[0]?.runId;
      if (run === undefined) {
        throw new BridgeError('not-found', 'Nothing was delivered yet; deliver a message first.');
      }
      try {
        const texts = new Map<string, string>();
        const entries = notingTexts(history.recordingOfRun(run), texts);
        const policyRoot = scenarios.launched(run)?.policyRoot ?? workspace.root;
        const folder = relativePath(workspace.root, policyRoot);
        const result = await readInWorker(entries, readingIn(folder, reading));
        const place = placeIn(folder);
        const changed = await changedSince(policyRoot, texts);
        return {
          runId: run,
          changedFiles: changed.map(place),
          result: placedReading(result, place),
        };
      } catch (error) {
        if (error instanceof ReadingProblem) throw new BridgeError('failed', error.message);
        throw error;
      }
    },
    'readings.lcov': async ({ coverage }) => ({
      fileName: 'lcov.info',
      text: writeLcov(coverage, (file) => join(workspace.root, file)),
    }),
  };
}

/** Log points of a policy's folder, as its recording names the files; those of others log nothing. */
function readingIn(folder: string, reading: ReadingRequest): ReadingRequest {
  if (reading.kind !== 'log-points' || folder === '') return reading;
  const points = reading.points
    .filter(({ file }) => file.startsWith(`${folder}/`))
    .map((point) => ({ ...point, file: point.file.slice(folder.length + 1) }));
  return { ...reading, points };
}

function placedReading<R extends ReadingResults[keyof ReadingResults]>(result: R, place: Place): R {
  if (!('files' in result)) return placed(result, place);
  const files = result.files.map((file) => ({ ...file, file: place(file.file) }));
  return Object.assign({}, result, { files });
}
