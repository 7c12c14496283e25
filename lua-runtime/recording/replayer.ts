/**
 * Runs a recording again: the same policy files, the same messages, and every answer from outside
 * Lua taken from the recording. What comes out is a recording of its own, to be compared with
 * `compareRecordings`.
 */
import { repeatInterventions } from '../debugger/repeat-interventions.ts';
import type { EngineId, LuaVm } from '../vm/lua-vm.ts';
import type { Entry } from './entries.ts';
import { Recorder } from './recorder.ts';
import { entriesOfKind } from './recording-reader.ts';
import { threadsOf } from './recording-threads.ts';
import { ThreadReplay } from './thread-replay.ts';

export interface ReplayOptions {
  /** Starts a fresh engine without libraries. */
  readonly createVm: (engine: EngineId, seed: number) => LuaVm;
  /** Replays on another engine than the recording names: that usually diverges. */
  readonly engine?: EngineId;
}

/** The recording cannot be replayed; `message` says why. */
export class ReplayImpossible extends Error {
  override readonly name = 'ReplayImpossible';
}

/**
 * @returns the entries of the replay. What a limit cut off is copied, because running it would only
 *   run into the limit again.
 * @throws ReplayImpossible when the recording has no `run` entry.
 */
export function replayRecording(entries: readonly Entry[], options: ReplayOptions): Entry[] {
  const [run] = entriesOfKind(entries, 'run');
  if (run === undefined) {
    throw new ReplayImpossible(
      'This recording has no run entry, so its engine and seed are unknown. Record the run again.',
    );
  }
  const files = new Map(entriesOfKind(entries, 'file').map(({ path, text }) => [path, text]));
  const engine = options.engine ?? run.engine;
  const recorder = new Recorder();
  for (const thread of threadsOf(entries)) {
    const createVm = () => options.createVm(engine, run.seed);
    const interventions = entriesOfKind(thread.entries, 'intervention');
    const replay = new ThreadReplay({
      thread,
      all: entries,
      files,
      policyFile: run.policy,
      seed: run.seed,
      createVm,
      ...(interventions.length === 0 ? undefined : repeatInterventions(interventions, createVm)),
      output: (entry) => {
        recorder.record(entry);
      },
    });
    replay.run();
    replay.close();
  }
  return [...recorder.entries];
}
