import { join } from 'node:path';
import { writeLcov } from '../../../lua-runtime/debugger/lcov.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BridgeHandlers } from '../../bridge/contract.ts';
import { readInWorker, ReadingProblem } from '../debug/read-in-worker.ts';
import type { HostParts } from '../host-parts.ts';
import { changedSince, notingTexts } from '../recorded-texts.ts';

type ReadingHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `readings.${string}`>>;

export function readingHandlers(host: HostParts): ReadingHandlers {
  const { history, workspace } = host;
  return {
    'readings.read': async ({ runId, reading }) => {
      const run = runId ?? history.newest(1)[0]?.runId;
      if (run === undefined) {
        throw new BridgeError('not-found', 'Nothing was delivered yet; deliver a message first.');
      }
      try {
        const texts = new Map<string, string>();
        const entries = notingTexts(history.recordingOfRun(run), texts);
        const result = await readInWorker(entries, reading);
        return { runId: run, changedFiles: await changedSince(workspace.root, texts), result };
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
