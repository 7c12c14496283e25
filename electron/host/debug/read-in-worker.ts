/**
 * Reads a recording (coverage, profile, log points) in a thread of its own, which can be ended however
 * the replayed script hangs. Entries are handed over as the thread takes them, so that a recording on
 * disk never has to be in memory.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Tick } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { ResultOf } from '../../../lua-runtime/debugger/readings/read-run.ts';
import type { ReadingRequest } from '../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { unpackedDistFolder } from '../../dist-folder.ts';
import { builtWorkerProgram, lua54ModuleOf } from '../worker/worker-program.ts';
import type { ReadingCommand, ReadingMessage, ReadingSetup } from './reading-messages.ts';

const BATCH = 512;
/** Batches on their way at most. */
const IN_FLIGHT = 4;
export const READING_DEADLINE_MS = 10 * 60_000;
const MEGABYTE = 2 ** 20;
/** What a script may use while it is replayed: more than any default, so that no limit changes the run. */
const SCRIPT_MEMORY_BYTES = 1024 * MEGABYTE;
const HEAP_MEGABYTES = 2048;

export interface ReadingWorkerOptions {
  /** Told how many messages were replayed, a few times a second. */
  readonly onProgress?: (messages: number) => void;
  /** Ends the thread; the promise then rejects. */
  readonly signal?: AbortSignal;
  /** For all of it; default `READING_DEADLINE_MS`. */
  readonly deadlineMs?: number;
  /** For a run that goes on: the last line event of each Lua context that is to be read. */
  readonly lastTicks?: ReadonlyMap<number, Tick>;
}

/** Why there is no reading; `message` is a sentence for the person. */
export class ReadingProblem extends Error {
  override readonly name = 'ReadingProblem';
}

/** @throws ReadingProblem when the recording cannot be read, takes too long or is left. */
export async function readInWorker<R extends ReadingRequest>(
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  request: R,
  options: ReadingWorkerOptions = {},
): Promise<ResultOf<R>> {
  const thread = new ReadingThread(request, options);
  try {
    await Promise.race([thread.take(entries), thread.result]);
    return (await thread.result) as ResultOf<R>;
  } finally {
    await thread.end();
  }
}

class ReadingThread {
  readonly result: Promise<unknown>;
  readonly #worker: Worker;
  readonly #options: ReadingWorkerOptions;
  readonly #timer: NodeJS.Timeout;
  #fail: (problem: Error) => void = () => undefined;
  #inFlight = 0;
  #taken: (() => void) | undefined;
  #isOver = false;
  readonly #abort = (): void => this.#fail(new ReadingProblem('The reading was cancelled.'));

  constructor(request: ReadingRequest, options: ReadingWorkerOptions) {
    const { signal, deadlineMs = READING_DEADLINE_MS, lastTicks } = options;
    this.#options = options;
    const setup: ReadingSetup = {
      request,
      lua54: lua54ModuleOf(builtWorkerProgram()),
      memoryBytes: SCRIPT_MEMORY_BYTES,
      lastTicks,
    };
    this.#worker = new Worker(join(unpackedDistFolder(), 'host', 'reading-worker.js'), {
      workerData: setup,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    this.result = new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#worker.on('message', (message: ReadingMessage) => {
        this.#receive(message, resolve);
      });
      this.#worker.on('error', (error: Error & { code?: string }) => {
        const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(isMemory ? new ReadingProblem(OUT_OF_MEMORY) : error);
      });
      this.#worker.on('exit', () => {
        reject(new ReadingProblem('The reading was ended.'));
      });
    });
    // Whoever hands over entries may not have come to wait for it yet.
    this.result.catch(() => {
      this.#isOver = true;
      this.#taken?.();
    });
    this.#timer = setTimeout(() => {
      const seconds = deadlineMs / 1000;
      this.#fail(new ReadingProblem(`The reading took longer than ${seconds} s and was ended.`));
    }, deadlineMs);
    if (signal?.aborted === true) this.#abort();
    signal?.addEventListener('abort', this.#abort, { once: true });
  }

  /** Hands over all entries and has the thread finish. */
  async take(entries: Iterable<Entry> | AsyncIterable<Entry>): Promise<void> {
    let batch: Entry[] = [];
    for await (const entry of entries) {
      batch.push(entry);
      if (batch.length < BATCH) continue;
      await this.#send(batch);
      if (this.#isOver) return;
      batch = [];
    }
    await this.#send(batch);
    this.#post({ kind: 'finish' });
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#abort);
    await this.#worker.terminate();
  }

  async #send(entries: readonly Entry[]): Promise<void> {
    while (this.#inFlight >= IN_FLIGHT && !this.#isOver) {
      await new Promise<void>((resolve) => (this.#taken = resolve));
    }
    this.#inFlight++;
    this.#post({ kind: 'entries', entries });
  }

  #post(command: ReadingCommand): void {
    this.#worker.postMessage(command);
  }

  #receive(message: ReadingMessage, resolve: (result: unknown) => void): void {
    switch (message.kind) {
      case 'taken':
        this.#inFlight--;
        this.#taken?.();
        break;
      case 'progress':
        this.#options.onProgress?.(message.messages);
        break;
      case 'result':
        resolve(message.result);
        break;
      case 'failed':
        this.#fail(
          message.isBug
            ? new Error(`The reading failed, which is a fault of the workbench: ${message.problem}`)
            : new ReadingProblem(message.problem),
        );
        break;
    }
  }
}

const OUT_OF_MEMORY = 'The reading needs more memory than there is; read fewer messages at once.';
