/** The program of a reading worker thread; bundled to dist/host/reading-worker.js. */
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { RunReader } from '../../../lua-runtime/debugger/readings/read-run.ts';
import { ReplayImpossible } from '../../../lua-runtime/recording/replayer.ts';
import { createVm } from '../../../lua-runtime/vm/create-vm.ts';
import type { WasmModule } from '../../../lua-runtime/vm/platform.ts';
import type { ReadingCommand, ReadingMessage, ReadingSetup } from './reading-messages.ts';

const PROGRESS_EVERY_MS = 100;

if (parentPort === null) throw new Error('A reading worker runs in a worker thread only.');
const port = parentPort;
const post = (message: ReadingMessage): void => port.postMessage(message);
const { request, lua54, memoryBytes, lastTicks } = workerData as ReadingSetup;

let told = 0;
const reader = new RunReader(request, {
  createVm: (engine, seed) =>
    createVm(engine === 'lua54' ? { engine, module: lua54 as unknown as WasmModule } : { engine }, {
      seed,
      memoryLimitBytes: memoryBytes,
    }),
  now: () => performance.now(),
  ...(lastTicks === undefined ? {} : { lastTickOf: (context) => lastTicks.get(context) }),
  onProgress: (messages) => {
    const now = performance.now();
    if (now - told < PROGRESS_EVERY_MS) return;
    told = now;
    post({ kind: 'progress', messages });
  },
});

port.on('message', (command: ReadingCommand) => {
  try {
    if (command.kind === 'entries') {
      for (const entry of command.entries) reader.push(entry);
      post({ kind: 'taken' });
    } else {
      post({ kind: 'result', result: reader.finish() });
      port.close();
    }
  } catch (error) {
    const isBug = !(error instanceof ReplayImpossible);
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ kind: 'failed', problem: isBug ? text : (error as Error).message, isBug });
    port.close();
  }
});
