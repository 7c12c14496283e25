/**
 * Reads a recording once more by replaying it: see run-reading.ts for what can be asked. Pure: whoever
 * calls gives the engine and the clock, and runs it where it may take its time.
 */
import type { Entry } from '../../recording/entries.ts';
import { ReplayStream, ReplayStopped, type ContextStart } from '../../recording/replay-stream.ts';
import type { ContextReplayObserver } from '../../recording/replay-stream.ts';
import type { EngineId, LuaVm } from '../../vm/lua-vm.ts';
import type { Tick } from '../debugger-contract.ts';
import type { ReadingRequest, ReadingResults } from '../run-reading.ts';
import { CoverageReading } from './coverage.ts';
import { LogPointsReading } from './log-points.ts';
import { ProfileReading } from './profile.ts';
import { ContextProgress, watchLoads, type Reading } from './reading.ts';

/** What comes out of a request. */
export type ResultOf<R extends ReadingRequest> = ReadingResults[R['kind']];

export interface ReadingOptions {
  /** Starts a fresh engine without libraries. */
  readonly createVm: (engine: EngineId, seed: number) => LuaVm;
  /** Milliseconds, as fine as there is, for the profile. */
  readonly now: () => number;
  /** How far a context of a run that goes on is read; absent: everything recorded. */
  readonly lastTickOf?: (context: number) => Tick | undefined;
  /** Told how many messages were replayed, at every message. */
  readonly onProgress?: (messages: number) => void;
}

/** Reads a recording that comes piece by piece, in the memory of a few sessions. */
export class RunReader<R extends ReadingRequest> {
  readonly #reading: Reading<ResultOf<R>>;
  readonly #options: ReadingOptions;
  readonly #stream: ReplayStream;
  readonly #problems = new Set<string>();
  #messages = 0;

  constructor(request: R, options: ReadingOptions) {
    this.#options = options;
    this.#reading = readingOf(request, options);
    this.#stream = new ReplayStream({
      createVm: options.createVm,
      observe: (start) => this.#observe(start),
    });
  }

  /** @throws ReplayImpossible when it is no recording of a run. */
  push(entry: Entry): void {
    this.#stream.push(entry);
  }

  /** @throws ReplayImpossible when it is no recording of a run. */
  finish(): ResultOf<R> {
    this.#stream.finish();
    return this.#reading.result([...this.#problems]);
  }

  #observe(start: ContextStart): ContextReplayObserver {
    const lastTick = this.#options.lastTickOf?.(start.context) ?? Number.POSITIVE_INFINITY;
    const progress = new ContextProgress(start, lastTick);
    const reading = this.#reading.readContext(progress);
    return {
      librariesOpen: (vm) => {
        watchLoads(vm, (file, main) => reading.fileLoaded?.(file, main));
        reading.librariesOpen(vm);
      },
      entry: (entry) => {
        if (progress.isStopped) throw new ReplayStopped('The recording ends here.');
        progress.message = entry.message;
        reading.entry?.(entry);
        if (entry.kind === 'message') this.#options.onProgress?.(++this.#messages);
      },
      around: (host) => reading.around?.(host) ?? host,
      uncaught: (L) => reading.uncaught?.(L),
      end: {
        reached: () => progress.stop(start.isComplete ? divergence('its end') : undefined),
        diverged: (expected) => progress.stop(divergence(`entry ${expected.seq}`)),
      },
      finished: () => {
        reading.finished?.();
        if (progress.problem !== undefined) this.#problems.add(progress.problem);
      },
    };
  }
}

/** All of a recording at once. */
export function readRun<R extends ReadingRequest>(
  entries: Iterable<Entry>,
  request: R,
  options: ReadingOptions,
): ResultOf<R> {
  const reader = new RunReader(request, options);
  for (const entry of entries) reader.push(entry);
  return reader.finish();
}

function divergence(where: string): string {
  return `The replay took another way than the recording at ${where}, so what came after is not in here. Record the run again.`;
}

function readingOf<R extends ReadingRequest>(
  request: R,
  options: ReadingOptions,
): Reading<ResultOf<R>> {
  // The kind says which of them it is; TypeScript cannot follow it through the switch.
  return newReading(request, options) as unknown as Reading<ResultOf<R>>;
}

function newReading(
  request: ReadingRequest,
  { now, createVm }: ReadingOptions,
): Reading<ReadingResults[ReadingRequest['kind']]> {
  switch (request.kind) {
    case 'coverage':
      return new CoverageReading(request);
    case 'profile':
      return new ProfileReading({ now, createVm: (engine) => createVm(engine, 0) });
    case 'log-points':
      return new LogPointsReading(request);
  }
}
