import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { writeLcov } from '../../../lua-runtime/debugger/lcov.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BridgeHandlers } from '../../bridge/contract.ts';
import { readInWorker, ReadingProblem } from '../debug/read-in-worker.ts';
import type { HostParts } from '../host-parts.ts';

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

/** Passes entries on and keeps the texts of the files among them, by path. */
function* notingTexts(entries: Iterable<Entry>, texts: Map<string, string>): Generator<Entry> {
  for (const entry of entries) {
    if (entry.kind === 'file') texts.set(entry.path, entry.text);
    yield entry;
  }
}

/** A recording keeps a file's bytes as latin1 text. */
async function changedSince(root: string, texts: ReadonlyMap<string, string>): Promise<string[]> {
  const changed = await Promise.all(
    [...texts].map(async ([path, text]) => {
      const now = await readFile(join(root, path), 'latin1').catch(() => undefined);
      return now === text ? [] : [path];
    }),
  );
  return changed.flat();
}
