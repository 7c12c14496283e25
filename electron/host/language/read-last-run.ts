/**
 * Reads what the newest run did on each line, while nobody waits for it: a small run is replayed once
 * more, with the reading that the debugger's coverage has. Nothing is delivered by that.
 */
import type { FileCoverage } from '../../../lua-runtime/debugger/run-reading.ts';
import { readInWorker } from '../debug/read-in-worker.ts';
import type { DeliveryHistory } from '../delivery-history.ts';

/** A larger run takes too long to be replayed without being asked. */
const MOST_MESSAGES = 10;
const DEADLINE_MS = 10_000;

export class LastRunReader {
  readonly #history: Pick<DeliveryHistory, 'recordingOfRun'>;
  #reading: AbortController | undefined;

  constructor(history: Pick<DeliveryHistory, 'recordingOfRun'>) {
    this.#history = history;
  }

  /** @returns undefined for a run that is too large, was overtaken by another one, or cannot be read */
  async read(runId: string, messages: number): Promise<readonly FileCoverage[] | undefined> {
    this.stop();
    if (messages === 0 || messages > MOST_MESSAGES) return undefined;
    const reading = new AbortController();
    this.#reading = reading;
    try {
      const { files } = await readInWorker(
        this.#history.recordingOfRun(runId),
        { kind: 'coverage', values: true },
        { signal: reading.signal, deadlineMs: DEADLINE_MS },
      );
      return reading.signal.aborted ? undefined : files;
    } catch {
      // Not recorded whole, or cleared meanwhile: then the lines say nothing of it.
      return undefined;
    }
  }

  stop(): void {
    this.#reading?.abort();
    this.#reading = undefined;
  }
}
